#include "cloud/services/dynamodb/key.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "cloud/services/dynamodb/number.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::string_view kEnd = "\1\1";
constexpr std::string_view kBehindEnd = "\1\2";
constexpr std::size_t kMostHash = 2048;   // documented
constexpr std::size_t kMostRange = 1024;  // documented

std::string Escaped(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size() + 2);
  for (const char c : text) {
    if (c == '\0') {
      escaped += "\1\2";
    } else if (c == '\1') {
      escaped += "\1\3";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

ServiceError NoMatch() {
  return Invalid("The provided key element does not match the schema");
}

std::string Joined(const KeySchema& schema, const json::Object& item) {
  std::string text = PartitionText(item.At(schema.hash.name));
  if (schema.range) text += KeyText(item.At(schema.range->name));
  return text;
}

Answer<void> CheckPart(const KeyPart& part, const json::Object& item, bool range) {
  const json::Value* value = item.Find(part.name);
  if (!value) return InvalidValues(fmt::format("Missing the key {} in the item", part.name));
  if (TypeOf(*value) != part.type) {
    return InvalidValues(fmt::format("Type mismatch for key {} expected: {} actual: {}", part.name,
                                     part.type, TypeOf(*value)));
  }
  return CheckKeyValue(part, *value, range);
}

// Whether the index has the item, as far as this part goes.
Answer<bool> HasIndexPart(const Index& index, const KeyPart& part, const json::Object& item) {
  const json::Value* value = item.Find(part.name);
  if (!value) return false;
  if (TypeOf(*value) != part.type) {
    return InvalidValues(
        fmt::format("Type mismatch for Index Key {} Expected: {} Actual: {} IndexName: {}",
                    part.name, part.type, TypeOf(*value), index.name));
  }
  const std::string& text = ContentOf(*value).AsString();
  if (!text.empty()) return true;
  return Invalid(
      fmt::format("One or more parameter values are not valid. A value specified for a secondary "
                  "index key is not supported. The AttributeValue for a key attribute cannot "
                  "contain an empty {} value. IndexName: {}, IndexKey: {}",
                  part.type == "B" ? "binary" : "string", index.name, part.name));
}

}  // namespace

std::string KeyStart(const json::Value& value) {
  const std::string& content = ContentOf(value).AsString();
  const std::string_view type = TypeOf(value);
  if (type == "B") return ToHex(content);
  if (type == "S") return Escaped(content);
  const auto number = Number::Parse(content);
  return number ? number->SortText() : std::string();
}

std::string KeyText(const json::Value& value) {
  return KeyStart(value).append(kEnd);
}

std::string AfterKey(const json::Value& value) {
  return KeyStart(value).append(kBehindEnd);
}

std::string PartitionText(const json::Value& hash) {
  const std::string text = KeyText(hash);
  return fmt::format("{:08x}{}", Crc32(text), text);
}

Answer<void> CheckKeyValue(const KeyPart& part, const json::Value& value, bool range) {
  const std::string& text = ContentOf(value).AsString();
  if (text.empty()) {
    return Invalid(
        fmt::format("One or more parameter values are not valid. The AttributeValue for a key "
                    "attribute cannot contain an empty {} value. Key: {}",
                    part.type == "B" ? "binary" : "string", part.name));
  }
  if (part.type == "N") return {};
  if (!range && text.size() > kMostHash) {
    return InvalidValues("Size of hashkey has exceeded the maximum size limit of2048 bytes");
  }
  if (range && text.size() > kMostRange) {
    return InvalidValues(
        "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
  }
  return {};
}

Answer<std::string> KeyOfItem(const KeySchema& schema, const json::Object& item) {
  TL_DO(CheckPart(schema.hash, item, false));
  if (schema.range) TL_DO(CheckPart(*schema.range, item, true));
  return Joined(schema, item);
}

Answer<std::string> KeyOfKey(const KeySchema& schema, const json::Object& key) {
  const auto fits = [&](const KeyPart& part) {
    const json::Value* value = key.Find(part.name);
    return value && TypeOf(*value) == part.type;
  };
  if (key.size() != (schema.range ? 2U : 1U)) return NoMatch();
  if (!fits(schema.hash) || (schema.range && !fits(*schema.range))) return NoMatch();
  TL_DO(CheckKeyValue(schema.hash, key.At(schema.hash.name), false));
  if (schema.range) TL_DO(CheckKeyValue(*schema.range, key.At(schema.range->name), true));
  return Joined(schema, key);
}

json::Object KeyAttributes(const KeySchema& schema, const json::Object& item) {
  json::Object key;
  if (const json::Value* hash = item.Find(schema.hash.name)) key.Set(schema.hash.name, *hash);
  const json::Value* range = schema.range ? item.Find(schema.range->name) : nullptr;
  if (range) key.Set(schema.range->name, *range);
  return key;
}

Answer<std::string> KeyInIndex(const Index& index, const json::Object& item) {
  TL_TRY(const bool hash, HasIndexPart(index, index.key.hash, item));
  if (index.key.range) {
    TL_TRY(const bool range, HasIndexPart(index, *index.key.range, item));
    if (!range) return std::string();
  }
  return hash ? Joined(index.key, item) : std::string();
}

}  // namespace trunkline::cloud::dynamodb
