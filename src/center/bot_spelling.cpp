#include "center/bot_spelling.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace trunkline::center {
namespace {

struct Renamed {
  std::string_view from;
  std::string_view to;
};

// Behind the lower-cased first letter.
constexpr Renamed kKeys[] = {
    {"isActive", "active"},
    {"lambdaArn", "lambdaARN"},
    {"messageGroupsList", "messageGroups"},
    {"sSMLMessage", "ssmlMessage"},
};

constexpr Renamed kStrategies[] = {
    {"ORIGINAL_VALUE", "OriginalValue"},
    {"TOP_RESOLUTION", "TopResolution"},
    {"CONCATENATION", "Concatenation"},
};

std::string_view Rename(std::string_view word, std::span<const Renamed> table) {
  const auto found = std::ranges::find(table, word, &Renamed::from);
  return found == table.end() ? word : found->to;
}

std::string ApiKey(std::string key) {
  if (!key.empty() && key[0] >= 'A' && key[0] <= 'Z')
    key[0] = static_cast<char>(key[0] - 'A' + 'a');
  return std::string(Rename(key, kKeys));
}

// Members whose keys are names that the author chose, or words of Lex that begin with a capital
// (Initial, Retry1).
bool IsMap(std::string_view key) {
  return key == "promptAttemptsSpecification" || key == "sessionAttributes" || key == "slots";
}

json::Value Convert(json::Value value, std::string_view key);

json::Object ConvertMembers(json::Object object, bool keep_keys) {
  json::Object converted;
  for (json::Member& member : object) {
    std::string key = keep_keys ? member.key : ApiKey(member.key);
    json::Value value = Convert(std::move(member.value), keep_keys ? std::string_view() : key);
    // Two spellings of one key: the second stays as it was written, and is unknown to the shape.
    if (converted.Has(key)) key = member.key;
    converted.Append(
        {.key = std::move(key), .value = std::move(value), .key_offset = member.key_offset});
  }
  return converted;
}

// CloudFormation's form of a map: a list of {<name>, <value>}; anything else stays a list.
json::Value ListToMap(json::Array list, std::string_view name, std::string_view value) {
  json::Object map;
  for (const json::Value& entry : list) {
    const bool fits = entry.IsObject() && entry.AsObject().Has(name) &&
                      entry.AsObject().Has(value) && entry.AsObject().At(name).IsString();
    if (!fits) return list;
    map.Set(entry.AsObject().At(name).AsString(), entry.AsObject().At(value));
  }
  return map;
}

json::Value ConvertArray(json::Array array, std::string_view key) {
  for (json::Value& element : array) element = Convert(std::move(element), {});
  if (key == "sessionAttributes") return ListToMap(std::move(array), "key", "value");
  // An intent's own slots are a list too, but of {name, ...}: ListToMap leaves that one alone.
  if (key == "slots") return ListToMap(std::move(array), "slotName", "slotValueOverride");
  return array;
}

json::Value Convert(json::Value value, std::string_view key) {
  const std::uint32_t offset = value.offset();
  json::Value converted;
  if (value.IsObject()) {
    converted = ConvertMembers(std::move(value.AsObject()), IsMap(key));
  } else if (value.IsArray()) {
    // An empty list stays one: there is nothing to say which of the two forms was meant.
    const bool empty = value.AsArray().empty();
    converted = empty ? std::move(value) : ConvertArray(std::move(value.AsArray()), key);
  } else if (value.IsString() && key == "resolutionStrategy") {
    converted = json::Value(Rename(value.AsString(), kStrategies));
  } else {
    converted = std::move(value);
  }
  converted.set_offset(offset);
  return converted;
}

}  // namespace

std::vector<std::string> FileSpellingsOfKey(std::string_view key) {
  std::vector<std::string> spellings{std::string(key)};
  for (const Renamed& renamed : kKeys) {
    if (renamed.to == key) spellings.emplace_back(renamed.from);
  }
  for (std::size_t i = 0, count = spellings.size(); i < count; ++i) {
    std::string upper = spellings[i];
    upper[0] = static_cast<char>(upper[0] - 'a' + 'A');
    spellings.push_back(std::move(upper));
  }
  return spellings;
}

std::vector<std::string> FileSpellingsOfWord(std::string_view word) {
  std::vector<std::string> spellings{std::string(word)};
  for (const Renamed& renamed : kStrategies) {
    if (renamed.to == word) spellings.emplace_back(renamed.from);
  }
  return spellings;
}

json::Value ToApiSpelling(json::Value document) {
  return Convert(std::move(document), {});
}

}  // namespace trunkline::center
