#include "cloud/execute_api/schema.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "aws/pattern.h"
#include "base/code_point.h"
#include "base/json_read.h"

namespace trunkline::cloud::execute_api {
namespace {

using Problem = std::optional<std::string>;

constexpr int kDeepest = 50;  // schemas may name each other in circles

bool IsInteger(const json::Value& value) {
  return value.IsNumber() && std::floor(value.AsDouble()) == value.AsDouble();
}

bool HasType(const json::Value& value, std::string_view type) {
  if (type == "object") return value.IsObject();
  if (type == "array") return value.IsArray();
  if (type == "string") return value.IsString();
  if (type == "boolean") return value.IsBool();
  if (type == "null") return value.IsNull();
  if (type == "integer") return IsInteger(value);
  return type == "number" && value.IsNumber();
}

class Checker {
 public:
  Checker(const json::Object& root, const json::Object& models) : root_(root), models_(models) {}

  Problem Check(const json::Value& value, const json::Object& schema, const std::string& place) {
    if (++depth_ > kDeepest) return place + ": the schema is too deep";
    Problem problem = CheckAll(value, schema, place);
    --depth_;
    return problem;
  }

 private:
  Problem CheckAll(const json::Value& value, const json::Object& schema, const std::string& place) {
    if (schema.Has("$ref")) return CheckNamed(value, schema.GetString("$ref"), place);
    if (Problem problem = CheckType(value, schema, place)) return problem;
    if (Problem problem = CheckGroups(value, schema, place)) return problem;
    if (value.IsString()) return CheckText(value.AsString(), schema, place);
    if (value.IsNumber()) return CheckNumber(value.AsDouble(), schema, place);
    if (value.IsArray()) return CheckArray(value.AsArray(), schema, place);
    if (value.IsObject()) return CheckObject(value.AsObject(), schema, place);
    return std::nullopt;
  }

  // "https://apigateway.amazonaws.com/restapis/<id>/models/<name>" or "#/definitions/<name>".
  Problem CheckNamed(const json::Value& value, std::string_view reference,
                     const std::string& place) {
    const std::size_t slash = reference.rfind('/');
    const std::string_view name =
        slash == std::string_view::npos ? reference : reference.substr(slash + 1);
    if (reference.starts_with("#/definitions/"))
      return Check(value, root_.GetObject("definitions").GetObject(name), place);
    const Result<json::Value> schema =
        json::Parse(models_.GetObject(name).GetString("schema", "{}"));
    if (!schema || !schema->IsObject()) return std::nullopt;
    return Check(value, schema->AsObject(), place);
  }

  static Problem CheckType(const json::Value& value, const json::Object& schema,
                           const std::string& place) {
    if (const json::Value* type = schema.Find("type")) {
      bool has = type->IsString() && HasType(value, type->AsString());
      for (const json::Value& one : schema.GetArray("type"))
        has = has || (one.IsString() && HasType(value, one.AsString()));
      if (!has) return fmt::format("{}: the type is not the schema's", place);
    }
    const json::Array& allowed = schema.GetArray("enum");
    if (!allowed.empty() && std::ranges::find(allowed, value) == allowed.end())
      return fmt::format("{}: the value is not one of the enumeration", place);
    return std::nullopt;
  }

  std::size_t Fitting(const json::Value& value, const json::Array& schemas,
                      const std::string& place) {
    return static_cast<std::size_t>(std::ranges::count_if(schemas, [&](const json::Value& one) {
      return one.IsObject() && !Check(value, one.AsObject(), place);
    }));
  }

  Problem CheckGroups(const json::Value& value, const json::Object& schema,
                      const std::string& place) {
    const json::Array& all = schema.GetArray("allOf");
    if (Fitting(value, all, place) != all.size()) return place + ": not all of the schemas fit";
    const json::Array& any = schema.GetArray("anyOf");
    if (!any.empty() && Fitting(value, any, place) == 0)
      return place + ": none of the schemas fits";
    const json::Array& one = schema.GetArray("oneOf");
    if (!one.empty() && Fitting(value, one, place) != 1)
      return place + ": not exactly one of the schemas fits";
    if (schema.Has("not") && !Check(value, schema.GetObject("not"), place))
      return place + ": a schema fits that must not";
    return std::nullopt;
  }

  static Problem CheckText(const std::string& text, const json::Object& schema,
                           const std::string& place) {
    const auto size = static_cast<std::int64_t>(CountCodePoints(text));
    if (size < schema.GetInt("minLength", 0)) return place + ": the text is too short";
    if (schema.Has("maxLength") && size > schema.GetInt("maxLength"))
      return place + ": the text is too long";
    if (!schema.Has("pattern")) return std::nullopt;
    // A pattern of JSON Schema may match anywhere in the text.
    std::string expression(schema.GetString("pattern"));
    if (!expression.starts_with('^')) expression.insert(0, ".*");
    if (!expression.ends_with('$')) expression += ".*";
    const auto pattern = aws::Pattern::Compile(expression);
    if (!pattern || pattern->Matches(text)) return std::nullopt;
    return place + ": the text does not match the pattern";
  }

  static Problem CheckNumber(double number, const json::Object& schema, const std::string& place) {
    if (schema.Has("minimum")) {
      const double least = schema.GetDouble("minimum");
      if (number < least || (schema.GetBool("exclusiveMinimum") && number == least))
        return place + ": the number is too small";
    }
    if (schema.Has("maximum")) {
      const double most = schema.GetDouble("maximum");
      if (number > most || (schema.GetBool("exclusiveMaximum") && number == most))
        return place + ": the number is too large";
    }
    const double step = schema.GetDouble("multipleOf");
    if (step > 0 && std::fmod(number, step) != 0) return place + ": the number is no multiple";
    return std::nullopt;
  }

  Problem CheckArray(const json::Array& items, const json::Object& schema,
                     const std::string& place) {
    const auto size = static_cast<std::int64_t>(items.size());
    if (size < schema.GetInt("minItems", 0)) return place + ": there are too few items";
    if (schema.Has("maxItems") && size > schema.GetInt("maxItems"))
      return place + ": there are too many items";
    if (!schema.GetObject("items").empty()) {
      for (std::size_t i = 0; i < items.size(); ++i) {
        if (Problem problem =
                Check(items[i], schema.GetObject("items"), fmt::format("{}[{}]", place, i)))
          return problem;
      }
    }
    return std::nullopt;
  }

  Problem CheckObject(const json::Object& object, const json::Object& schema,
                      const std::string& place) {
    for (const json::Value& name : schema.GetArray("required")) {
      if (name.IsString() && !object.Has(name.AsString()))
        return fmt::format("{}: '{}' is required", place, name.AsString());
    }
    const json::Object& properties = schema.GetObject("properties");
    const json::Value* others = schema.Find("additionalProperties");
    for (const json::Member& member : object) {
      const std::string inside = fmt::format("{}/{}", place, member.key);
      const json::Value* property = properties.Find(member.key);
      if (!property && others && others->IsBool() && !others->AsBool())
        return inside + ": the schema does not have it";
      if (!property && others && others->IsObject()) property = others;
      if (!property || !property->IsObject()) continue;
      if (Problem problem = Check(member.value, property->AsObject(), inside)) return problem;
    }
    return std::nullopt;
  }

  const json::Object& root_;
  const json::Object& models_;
  int depth_ = 0;
};

}  // namespace

std::optional<std::string> FindSchemaProblem(const json::Value& value, const json::Object& schema,
                                             const json::Object& models) {
  return Checker(schema, models).Check(value, schema, "");
}

}  // namespace trunkline::cloud::execute_api
