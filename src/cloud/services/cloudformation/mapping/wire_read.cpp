// What services answer, in the words of a template.
#include <algorithm>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/services/cloudformation/mapping/wire_values.h"

namespace trunkline::cloud::cloudformation {
namespace {

std::string TextOf(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  if (value.IsBool()) return value.AsBool() ? "true" : "false";
  return {};
}

// The same scalar: "30" and 30, an ARN and the id at its end, "TOP_RESOLUTION" and TopResolution.
bool MeansTheSame(const json::Value& expected, const json::Value& actual) {
  const std::string wanted = TextOf(expected);
  const std::string found = TextOf(actual);
  if (wanted == found) return true;
  if (wanted.starts_with("arn:") && wanted.ends_with("/" + found)) return true;
  if (wanted.find('_') == std::string::npos)
    return EqualsIgnoreCase(wanted, found) && !expected.IsString();
  return EqualsIgnoreCase(Replace(wanted, "_", ""), found);
}

json::Value InTemplateCase(const json::Value& actual) {
  if (actual.IsArray()) {
    json::Array items;
    for (const json::Value& item : actual.AsArray()) items.push_back(InTemplateCase(item));
    return items;
  }
  if (!actual.IsObject()) return actual;
  json::Object members;
  for (const json::Member& entry : actual.AsObject()) {
    std::string key = entry.key;
    if (!key.empty()) key = ToUpper(key.substr(0, 1)) + key.substr(1);
    members.Set(key, InTemplateCase(entry.value));
  }
  return members;
}

const json::Value* FindActual(const json::Object& actual, std::string_view word,
                              const Vocabulary& vocabulary) {
  for (const Name& name : vocabulary.names) {
    if (name.property != word) continue;
    if (const json::Value* found = FindIgnoringCase(actual, name.member)) return found;
  }
  if (const json::Value* found = FindIgnoringCase(actual, word)) return found;
  if (!vocabulary.ids_of_arns || word.find("Arn") == std::string_view::npos) return nullptr;
  return FindIgnoringCase(actual, Replace(word, "Arn", "Id"));
}

json::Value FromObject(const json::Object& expected, const json::Object& actual,
                       const Vocabulary& vocabulary) {
  json::Object members;
  for (const json::Member& entry : expected) {
    if (const json::Value* found = FindActual(actual, entry.key, vocabulary))
      members.Set(entry.key, FromWire(&entry.value, *found, vocabulary));
  }
  return members;
}

// The order of most lists means nothing: equal as sets is equal.
json::Value FromList(const json::Array& expected, const json::Array& actual,
                     const Vocabulary& vocabulary) {
  std::vector<bool> used(actual.size());
  std::size_t matched = 0;
  json::Array pairwise;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    for (std::size_t j = 0; j < actual.size(); ++j) {
      if (used[j] || FromWire(&expected[i], actual[j], vocabulary) != expected[i]) continue;
      used[j] = true;
      ++matched;
      break;
    }
  }
  if (matched == expected.size() && matched == actual.size()) return expected;
  for (std::size_t j = 0; j < actual.size(); ++j) {
    const json::Value* wanted = j < expected.size() ? &expected[j] : nullptr;
    pairwise.push_back(FromWire(wanted, actual[j], vocabulary));
  }
  return pairwise;
}

// A document: an object in the template, a text in the API (IAM's is percent-encoded).
json::Value FromDocument(const json::Value& expected, const std::string& actual) {
  const bool encoded = actual.starts_with("%7B") || actual.starts_with("%7b");
  Result<json::Value> parsed = json::Parse(encoded ? PercentDecode(actual) : actual);
  if (!parsed) return actual;
  if (*parsed == expected) return expected;
  return std::move(*parsed);
}

}  // namespace

json::Value FromWire(const json::Value* expected, const json::Value& actual,
                     const Vocabulary& vocabulary) {
  if (!expected) return InTemplateCase(actual);
  if (expected->IsObject() && actual.IsObject())
    return FromObject(expected->AsObject(), actual.AsObject(), vocabulary);
  if (expected->IsArray() && actual.IsArray())
    return FromList(expected->AsArray(), actual.AsArray(), vocabulary);
  if ((expected->IsObject() || expected->IsArray()) && actual.IsString())
    return FromDocument(*expected, actual.AsString());
  if (expected->IsObject() || expected->IsArray() || actual.IsObject() || actual.IsArray())
    return InTemplateCase(actual);
  return MeansTheSame(*expected, actual) ? *expected : actual;
}

json::Object ReadTags(const json::Value& tags) {
  json::Object read;
  if (tags.IsObject()) {
    for (const json::Member& entry : tags.AsObject()) read.Set(entry.key, TextOf(entry.value));
  }
  if (!tags.IsArray()) return read;
  for (const json::Value& tag : tags.AsArray()) {
    if (!tag.IsObject()) continue;
    const json::Value* key = FindIgnoringCase(tag.AsObject(), "Key");
    if (!key) key = FindIgnoringCase(tag.AsObject(), "TagKey");
    const json::Value* value = FindIgnoringCase(tag.AsObject(), "Value");
    if (!value) value = FindIgnoringCase(tag.AsObject(), "TagValue");
    if (key) read.Set(TextOf(*key), value ? TextOf(*value) : "");
  }
  return read;
}

json::Value WriteTags(const aws::Shape& shape, const json::Object& tags) {
  if (shape.type == aws::Type::kMap) return tags;
  json::Array list;
  const aws::Shape& row = *shape.item.shape;
  for (const json::Member& entry : tags) {
    json::Object tag;
    for (const aws::MemberRow& member : row.members) {
      const bool key =
          EqualsIgnoreCase(member.name, "Key") || EqualsIgnoreCase(member.name, "TagKey");
      tag.Set(member.name, key ? json::Value(entry.key) : entry.value);
    }
    list.push_back(std::move(tag));
  }
  return list;
}

}  // namespace trunkline::cloud::cloudformation
