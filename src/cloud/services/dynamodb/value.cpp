#include "cloud/services/dynamodb/value.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "cloud/services/dynamodb/number.h"
#include "cloud/services/dynamodb/refusals.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr int kDeepest = 32;

struct TypeNames {
  std::string_view name;
  std::string_view long_name;
};
constexpr std::array<TypeNames, 10> kTypes = {{{"B", "BINARY"},
                                               {"BOOL", "BOOLEAN"},
                                               {"BS", "BINARY_SET"},
                                               {"L", "LIST"},
                                               {"M", "MAP"},
                                               {"N", "NUMBER"},
                                               {"NS", "NUMBER_SET"},
                                               {"NULL", "NULL"},
                                               {"S", "STRING"},
                                               {"SS", "STRING_SET"}}};

Answer<void> NormalizeText(json::Value& number) {
  TL_TRY(const Number parsed, Number::Parse(number.AsString()));
  number = parsed.Text();
  return {};
}

std::string ListText(const json::Array& items) {
  std::vector<std::string> texts;
  for (const json::Value& item : items) texts.push_back(item.AsString());
  return fmt::format("[{}]", Join(texts, ", "));
}

Answer<void> CheckSet(std::string_view type, json::Array& items) {
  if (items.empty()) {
    return InvalidValues(type == "SS"   ? "An string set  may not be empty"
                         : type == "NS" ? "An number set  may not be empty"
                                        : "Binary sets should not be empty");
  }
  std::unordered_set<std::string> seen;
  for (json::Value& item : items) {
    if (!item.IsString()) return InvalidValues("An AttributeValue may not contain a null value");
    if (type == "NS") TL_DO(NormalizeText(item));
    if (seen.insert(item.AsString()).second) continue;
    if (type == "NS") return Invalid("Input collection contains duplicates");
    if (type == "BS") return InvalidValues("Input collection contains duplicates of type BS.");
    return InvalidValues(fmt::format("Input collection {} contains duplicates.", ListText(items)));
  }
  return {};
}

Answer<void> NormalizeAt(json::Value& value, int depth);

Answer<void> NormalizeContent(std::string_view type, json::Value& content, int depth) {
  if (type == "N") return NormalizeText(content);
  if (IsSet(type)) return CheckSet(type, content.AsArray());
  if (type == "NULL" && content != json::Value(true))
    return InvalidValues("Null attribute value types must have the value of true");
  if (type == "L") {
    for (json::Value& item : content.AsArray()) TL_DO(NormalizeAt(item, depth + 1));
  }
  if (type == "M") {
    for (json::Member& member : content.AsObject()) TL_DO(NormalizeAt(member.value, depth + 1));
  }
  return {};
}

Answer<void> NormalizeAt(json::Value& value, int depth) {
  if (depth > kDeepest) return Invalid("Nesting Levels have exceeded supported limits: 32");
  if (!value.IsObject() || value.AsObject().empty()) {
    return Invalid(
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
  }
  json::Object& types = value.AsObject();
  if (types.size() > 1) {
    return Invalid(
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
        "supported datatypes");
  }
  return NormalizeContent(types.begin()->key, types.begin()->value, depth);
}

bool EqualSets(const json::Array& a, const json::Array& b) {
  if (a.size() != b.size()) return false;
  std::unordered_set<std::string_view> texts;
  for (const json::Value& item : a) texts.insert(item.AsString());
  return std::all_of(b.begin(), b.end(),
                     [&](const json::Value& item) { return texts.contains(item.AsString()); });
}

bool EqualMaps(const json::Object& a, const json::Object& b) {
  if (a.size() != b.size()) return false;
  return std::all_of(a.begin(), a.end(), [&](const json::Member& member) {
    const json::Value* other = b.Find(member.key);
    return other && Equal(member.value, *other);
  });
}

std::size_t NumberSize(const std::string& text) {
  const auto number = Number::Parse(text);
  if (!number) return 1;
  return (number->digits() + 1) / 2 + 1 + (number->negative() ? 1 : 0);
}

std::size_t SetSize(std::string_view type, const json::Array& items) {
  std::size_t size = 0;
  for (const json::Value& item : items)
    size += type == "NS" ? NumberSize(item.AsString()) : item.AsString().size();
  return size;
}

std::size_t Utf16Length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0U ? 2 : 1;
  }
  return units;
}

}  // namespace

std::string_view TypeOf(const json::Value& value) {
  return value.AsObject().begin()->key;
}

const json::Value& ContentOf(const json::Value& value) {
  return value.AsObject().begin()->value;
}

bool IsSet(std::string_view type) {
  return type == "SS" || type == "NS" || type == "BS";
}

std::string_view LongTypeName(std::string_view type) {
  const auto* const found = std::ranges::find(kTypes, type, &TypeNames::name);
  return found == kTypes.end() ? type : found->long_name;
}

json::Value MakeNumber(std::string text) {
  json::Object value;
  value.Set("N", std::move(text));
  return value;
}

Answer<void> Normalize(json::Value& value) {
  return NormalizeAt(value, 1);
}

Answer<void> NormalizeAll(json::Object& attributes) {
  for (json::Member& attribute : attributes) TL_DO(NormalizeAt(attribute.value, 1));
  return {};
}

bool Equal(const json::Value& a, const json::Value& b) {
  const std::string_view type = TypeOf(a);
  if (type != TypeOf(b)) return false;
  const json::Value& x = ContentOf(a);
  const json::Value& y = ContentOf(b);
  if (IsSet(type)) return EqualSets(x.AsArray(), y.AsArray());
  if (type == "M") return EqualMaps(x.AsObject(), y.AsObject());
  if (type != "L") return x == y;
  return std::equal(x.AsArray().begin(), x.AsArray().end(), y.AsArray().begin(), y.AsArray().end(),
                    Equal);
}

std::optional<int> Compare(const json::Value& a, const json::Value& b) {
  const std::string_view type = TypeOf(a);
  if (type != TypeOf(b)) return std::nullopt;
  if (type == "N") {
    const auto x = Number::Parse(ContentOf(a).AsString());
    const auto y = Number::Parse(ContentOf(b).AsString());
    if (!x || !y) return std::nullopt;
    const auto order = *x <=> *y;
    return std::is_lt(order) ? -1 : std::is_gt(order) ? 1 : 0;
  }
  if (type != "S" && type != "B") return std::nullopt;
  return ContentOf(a).AsString().compare(ContentOf(b).AsString());
}

bool HasElement(const json::Array& set, const json::Value& element) {
  return std::ranges::find(set, element) != set.end();
}

std::size_t SizeOf(const json::Value& value) {
  const std::string_view type = TypeOf(value);
  const json::Value& content = ContentOf(value);
  if (type == "S" || type == "B") return content.AsString().size();
  if (type == "N") return NumberSize(content.AsString());
  if (IsSet(type)) return SetSize(type, content.AsArray());
  if (type == "M") return 3 + content.AsObject().size() + SizeOf(content.AsObject());
  if (type != "L") return 1;
  std::size_t size = 3;
  for (const json::Value& item : content.AsArray()) size += 1 + SizeOf(item);
  return size;
}

std::size_t SizeOf(const json::Object& attributes) {
  std::size_t size = 0;
  for (const json::Member& attribute : attributes)
    size += attribute.key.size() + SizeOf(attribute.value);
  return size;
}

std::optional<std::size_t> LengthOf(const json::Value& value) {
  const std::string_view type = TypeOf(value);
  const json::Value& content = ContentOf(value);
  if (type == "S") return Utf16Length(content.AsString());
  if (type == "B") return content.AsString().size();
  if (type == "M") return content.AsObject().size();
  if (type == "L" || IsSet(type)) return content.AsArray().size();
  return std::nullopt;
}

std::string Shown(const json::Value& value) {
  const std::string_view type = TypeOf(value);
  const json::Value& content = ContentOf(value);
  if (type == "B") return fmt::format("{{B:{}}}", ToBase64(content.AsString()));
  if (content.IsString()) return fmt::format("{{{}:{}}}", type, content.AsString());
  return fmt::format("{{{}}}", type);
}

}  // namespace trunkline::cloud::dynamodb
