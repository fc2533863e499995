#include "cloud/services/cloudformation/mapping/wire_values.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "aws/values.h"
#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::cloud::cloudformation {
namespace {

ServiceError WrongType(const std::string& place, std::string_view wanted,
                       const json::Value& found) {
  std::string type = "String";
  if (found.IsArray()) type = "JSONArray";
  if (found.IsObject()) type = "JSONObject";
  if (found.IsNumber()) type = "Number";
  if (found.IsBool()) type = "Boolean";
  if (found.IsNull()) type = "Null";
  return InvalidProperties(place, fmt::format("expected type: {}, found: {}", wanted, type));
}

// "TOP_RESOLUTION" and "TopResolution" are one value.
std::string Folded(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    if (c != '_' && c != '-') folded += c;
  }
  return ToLower(folded);
}

std::string InEnumeration(const aws::Shape& shape, std::string text) {
  const auto& values = shape.enumeration;
  if (values.empty() || std::find(values.begin(), values.end(), text) != values.end()) return text;
  const auto same = std::find_if(values.begin(), values.end(), [&](const std::string& value) {
    return Folded(value) == Folded(text);
  });
  return same == values.end() ? text : *same;
}

std::string LastOfArn(const std::string& text) {
  if (!text.starts_with("arn:")) return text;
  return text.substr(text.rfind('/') + 1);
}

Answer<json::Value> ToNumber(const json::Value& value, bool whole, const std::string& place) {
  if (value.IsNumber()) return value;
  if (value.IsString()) {
    const std::string_view text = Trim(value.AsString());
    if (ToInt(text)) return json::Value(json::Number{std::string(text)});
    const bool digits = !text.empty() && text.find_first_not_of("0123456789.-") == text.npos;
    if (!whole && digits) return json::Value(json::Number{std::string(text)});
  }
  return WrongType(place, whole ? "Integer" : "Number", value);
}

Answer<json::Value> ToBool(const json::Value& value, const std::string& place) {
  if (value.IsBool()) return value;
  if (value.IsString() && EqualsIgnoreCase(value.AsString(), "true")) return json::Value(true);
  if (value.IsString() && EqualsIgnoreCase(value.AsString(), "false")) return json::Value(false);
  return WrongType(place, "Boolean", value);
}

Answer<json::Value> ToTime(const aws::Shape& shape, const json::Value& value,
                           const std::string& place) {
  if (value.IsNumber()) return value;
  if (!value.IsString()) return WrongType(place, "String", value);
  std::string text = value.AsString();
  if (text.size() == 10) text += "T00:00:00Z";  // a date alone
  auto read = aws::FromText(shape, text, aws::TimeFormat::kIso8601);
  if (!read) return InvalidProperties(place, fmt::format("'{}' is not a time", value.AsString()));
  return std::move(*read);
}

json::Value ToText(const aws::Shape& shape, const json::Value& value) {
  if (value.IsString()) return InEnumeration(shape, value.AsString());
  if (value.IsNumber()) return value.AsNumber().text;
  return json::Write(value);
}

Answer<json::Value> ToStructure(const aws::Shape& shape, const json::Value& value,
                                const Vocabulary& vocabulary, const std::string& place) {
  if (!value.IsObject()) return WrongType(place, "JSONObject", value);
  json::Object members;
  for (const json::Member& entry : value.AsObject()) {
    const aws::MemberRow* member = FindMember(shape, entry.key, vocabulary);
    if (!member) {
      return InvalidProperties(place,
                               fmt::format("extraneous key [{}] is not permitted", entry.key));
    }
    TL_TRY(json::Value wire,
           ToMember(*member, entry.value, vocabulary, fmt::format("{}/{}", place, entry.key)));
    members.Set(member->name, std::move(wire));
  }
  return json::Value(std::move(members));
}

Answer<json::Value> ToList(const aws::Shape& shape, const json::Value& value,
                           const Vocabulary& vocabulary, const std::string& place) {
  if (!value.IsArray()) return WrongType(place, "JSONArray", value);
  json::Array items;
  for (const json::Value& item : value.AsArray()) {
    TL_TRY(json::Value wire,
           ToWire(*shape.item.shape, item, vocabulary, fmt::format("{}/{}", place, items.size())));
    items.push_back(std::move(wire));
  }
  return json::Value(std::move(items));
}

Answer<json::Value> ToMap(const aws::Shape& shape, const json::Value& value,
                          const Vocabulary& vocabulary, const std::string& place) {
  if (!value.IsObject()) return WrongType(place, "JSONObject", value);
  json::Object members;
  for (const json::Member& entry : value.AsObject()) {
    TL_TRY(json::Value wire, ToWire(*shape.item.shape, entry.value, vocabulary,
                                    fmt::format("{}/{}", place, entry.key)));
    members.Set(entry.key, std::move(wire));
  }
  return json::Value(std::move(members));
}

}  // namespace

ServiceError InvalidProperties(std::string_view place, std::string_view what) {
  return {"InvalidRequest", fmt::format("Model validation failed (#{}: {})", place, what)};
}

const aws::MemberRow* FindMember(const aws::Shape& shape, std::string_view word,
                                 const Vocabulary& vocabulary) {
  for (const Name& name : vocabulary.names) {
    if (name.property != word) continue;
    if (const aws::MemberRow* member = shape.FindMember(name.member)) return member;
  }
  const auto named = [&](std::string_view text) -> const aws::MemberRow* {
    const auto found = std::find_if(
        shape.members.begin(), shape.members.end(),
        [&](const aws::MemberRow& member) { return EqualsIgnoreCase(member.name, text); });
    return found == shape.members.end() ? nullptr : &*found;
  };
  if (const aws::MemberRow* member = named(word)) return member;
  if (!vocabulary.ids_of_arns) return nullptr;
  const std::string_view plural = word.ends_with("Arns") ? "s" : "";
  if (!word.ends_with("Arn") && plural.empty()) return nullptr;
  const std::string_view stem = word.substr(0, word.size() - 3 - plural.size());
  return named(fmt::format("{}Id{}", stem, plural));
}

Answer<json::Value> ToWire(const aws::Shape& shape, const json::Value& value,
                           const Vocabulary& vocabulary, const std::string& place) {
  switch (shape.type) {
    case aws::Type::kStructure:
      return ToStructure(shape, value, vocabulary, place);
    case aws::Type::kList:
      return ToList(shape, value, vocabulary, place);
    case aws::Type::kMap:
      return ToMap(shape, value, vocabulary, place);
    case aws::Type::kBoolean:
      return ToBool(value, place);
    case aws::Type::kInteger:
    case aws::Type::kLong:
      return ToNumber(value, true, place);
    case aws::Type::kFloat:
      return ToNumber(value, false, place);
    case aws::Type::kTimestamp:
      return ToTime(shape, value, place);
    case aws::Type::kString:
    case aws::Type::kBlob:
      return ToText(shape, value);
    case aws::Type::kDocument:
      return value;
  }
  return value;
}

Answer<json::Value> ToMember(const aws::MemberRow& member, const json::Value& value,
                             const Vocabulary& vocabulary, const std::string& place) {
  TL_TRY(json::Value wire, ToWire(*member.shape, value, vocabulary, place));
  if (!vocabulary.ids_of_arns) return wire;
  if (wire.IsString() && member.name.ends_with("Id"))
    return json::Value(LastOfArn(wire.AsString()));
  if (wire.IsArray() && member.name.ends_with("Ids")) {
    for (json::Value& item : wire.AsArray()) {
      if (item.IsString()) item = LastOfArn(item.AsString());
    }
  }
  return wire;
}

const json::Value* FindIgnoringCase(const json::Object& object, std::string_view key) {
  if (const json::Value* exact = object.Find(key)) return exact;
  const auto found = std::find_if(object.begin(), object.end(), [&](const json::Member& member) {
    return EqualsIgnoreCase(member.key, key);
  });
  return found == object.end() ? nullptr : &found->value;
}

const json::Value* FindPath(const json::Object& object, std::string_view path) {
  const std::size_t dot = path.find('.');
  const json::Value* found = FindIgnoringCase(object, path.substr(0, dot));
  if (!found || dot == std::string_view::npos) return found;
  return found->IsObject() ? FindPath(found->AsObject(), path.substr(dot + 1)) : nullptr;
}

}  // namespace trunkline::cloud::cloudformation
