#include "center/schema.h"

#include <cmath>
#include <string>

#include <fmt/format.h>

#include "center/bot_spelling.h"

namespace trunkline::center {
namespace {

json::Value Count(double number) {
  return json::Value(static_cast<std::int64_t>(number));
}

std::string_view TypeName(Kind kind) {
  switch (kind) {
    case Kind::kString:
      return "string";
    case Kind::kBoolean:
      return "boolean";
    case Kind::kInteger:
      return "integer";
    case Kind::kNumber:
      return "number";
    case Kind::kList:
      return "array";
    case Kind::kObject:
    case Kind::kMap:
      return "object";
    case Kind::kAny:
      return "";
  }
  return "";
}

std::string Whole(const Pattern& pattern) {
  return fmt::format("^(?:{})$", pattern.regex);
}

// The keywords for the least and the most of a kind.
struct Bounds {
  std::string_view min;
  std::string_view max;
};

Bounds BoundsOf(Kind kind) {
  switch (kind) {
    case Kind::kString:
      return {"minLength", "maxLength"};
    case Kind::kList:
      return {"minItems", "maxItems"};
    case Kind::kObject:
    case Kind::kMap:
      return {"minProperties", "maxProperties"};
    default:
      return {"minimum", "maximum"};
  }
}

void AddRange(json::Object& schema, const Field& field) {
  if (field.range == nullptr) return;
  const bool is_number = field.kind == Kind::kNumber;
  const auto value = [&](double number) { return is_number ? json::Value(number) : Count(number); };
  const Bounds bounds = BoundsOf(field.kind);
  const bool counts = bounds.min != "minimum";
  if (!counts || field.range->min > 0) schema.Set(bounds.min, value(field.range->min));
  if (!std::isinf(field.range->max)) schema.Set(bounds.max, value(field.range->max));
}

json::Array Words(std::span<const std::string_view> words, bool either_case) {
  json::Array list;
  for (const std::string_view word : words) {
    if (!either_case) {
      list.emplace_back(word);
      continue;
    }
    for (const std::string& spelling : FileSpellingsOfWord(word)) list.emplace_back(spelling);
  }
  return list;
}

class Maker {
 public:
  // `pointer` is where the schema will stand in the document: the other spellings of a key refer to
  // the first.
  json::Object Make(const Field& field, bool either_case, const std::string& pointer) {
    if (field.or_else == nullptr) return MakeOne(field, either_case, pointer);
    json::Object schema = MakeOne(field, either_case, pointer + "/anyOf/0");
    json::Object both;
    if (const json::Value* text = schema.Find("description")) both.Set("description", *text);
    schema.Remove("description");
    both.Set("anyOf",
             json::Array{schema, MakeOne(*field.or_else, either_case, pointer + "/anyOf/1")});
    return both;
  }

 private:
  json::Object MakeOne(const Field& field, bool either_case, const std::string& pointer) {
    json::Object schema;
    schema.SetIfNotEmpty("description", DescriptionOf(field));
    if (field.not_delivered) {
      schema.Set("not", json::Object());
      return schema;
    }
    schema.SetIfNotEmpty("type", TypeName(field.kind));
    if (!field.one_of.empty()) schema.Set("enum", Words(field.one_of, either_case));
    if (field.pattern != nullptr && field.kind == Kind::kString) {
      schema.Set("pattern", Whole(*field.pattern));
    }
    AddRange(schema, field);
    if (field.kind == Kind::kList && field.element != nullptr) {
      schema.Set("items", Make(*field.element, either_case, pointer + "/items"));
    }
    if (field.kind == Kind::kMap) AddEntries(schema, field, pointer);
    if (field.kind == Kind::kObject) AddMembers(schema, field, pointer);
    return schema;
  }

  static std::string DescriptionOf(const Field& field) {
    std::string text(field.summary);
    if (field.not_delivered) text += " Trunkline does not deliver it yet.";
    if (!field.unique.empty()) {
      text += fmt::format("{}No two entries have the same '{}'.", text.empty() ? "" : " ",
                          field.unique);
    }
    return text;
  }

  void AddEntries(json::Object& schema, const Field& field, const std::string& pointer) {
    if (field.pattern != nullptr) {
      schema.Set("propertyNames", json::Object{{"pattern", Whole(*field.pattern)}});
    }
    if (field.element == nullptr) return;
    schema.Set("additionalProperties",
               Make(*field.element, false, pointer + "/additionalProperties"));
  }

  void AddMembers(json::Object& schema, const Field& field, const std::string& pointer) {
    json::Object properties;
    json::Array required;
    json::Array one_spelling;
    for (const Field& member : field.members) {
      const std::string first = fmt::format("{}/properties/{}", pointer, member.name);
      json::Array spellings;
      for (const std::string& key : SpellingsOf(member, field)) {
        properties.Set(key, key == member.name ? Make(member, field.either_case, first)
                                               : json::Object{{"$ref", first}});
        spellings.push_back(json::Object{{"required", json::Array{json::Value(key)}}});
      }
      if (!member.required) continue;
      if (field.either_case) {
        one_spelling.push_back(json::Object{{"anyOf", std::move(spellings)}});
      } else {
        required.emplace_back(member.name);
      }
    }
    schema.Set("properties", std::move(properties));
    if (field.element != nullptr) {
      schema.Set("patternProperties",
                 json::Object{{Whole(*field.pattern), Make(*field.element, false, pointer)}});
    }
    if (!required.empty()) schema.Set("required", std::move(required));
    if (!one_spelling.empty()) schema.Set("allOf", std::move(one_spelling));
    if (!field.open) schema.Set("additionalProperties", false);
  }

  static std::vector<std::string> SpellingsOf(const Field& member, const Field& object) {
    if (object.either_case) return FileSpellingsOfKey(member.name);
    return {std::string(member.name)};
  }
};

}  // namespace

json::Value MakeSchema(const FileKind& kind) {
  json::Object schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                      {"title", kind.path},
                      {"description", kind.summary}};
  for (const json::Member& member : Maker().Make(*kind.shape, false, "#")) {
    if (member.key != "description") schema.Append(member);
  }
  if (kind.shape->kind == Kind::kObject) {
    schema["properties"].AsObject().Set(
        "$schema",
        json::Object{{"description", "Where editors find this schema."}, {"type", "string"}});
  }
  return schema;
}

}  // namespace trunkline::center
