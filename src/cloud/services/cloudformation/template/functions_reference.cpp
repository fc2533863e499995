// Ref, Fn::GetAtt, Fn::Sub, Fn::ImportValue, Fn::FindInMap, Fn::If.
#include <fmt/format.h>

#include "cloud/services/cloudformation/template/function.h"
#include "cloud/services/cloudformation/template/functions.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::string_view kNoValue = "AWS::NoValue";

ServiceError Unresolved(std::string_view name) {
  return TemplateError(
      fmt::format("Unresolved dependencies [{}]. Cannot reference resources in "
                  "this block of the template",
                  name));
}

Answer<Maybe> ReferTo(const Scope& scope, std::string_view name) {
  if (name == kNoValue) return Maybe();
  if (const json::Value* value = scope.parameters.Find(name)) return Maybe(*value);
  if (const json::Value* value = scope.pseudo.Find(name)) return Maybe(*value);
  if (!scope.reference) return Unresolved(name);
  TL_TRY(json::Value value, scope.reference(name));
  return Maybe(std::move(value));
}

Answer<Maybe> Ref(const Scope& scope, const json::Value& argument) {
  if (!argument.IsString())
    return TemplateError("All references in a Ref must be a string, such as {\"Ref\": \"Name\"}");
  return ReferTo(scope, argument.AsString());
}

Answer<Maybe> AttributeOf(const Scope& scope, std::string_view resource,
                          std::string_view attribute) {
  if (!scope.attribute) return Unresolved(resource);
  TL_TRY(json::Value value, scope.attribute(resource, attribute));
  return Maybe(std::move(value));
}

Answer<Maybe> GetAtt(const Scope& scope, const json::Value& argument) {
  TL_TRY(const GetAttArgument read, ReadGetAttArgument(argument));
  TL_TRY(const std::string attribute, EvaluateText(scope, read.attribute, "Fn::GetAtt"));
  return AttributeOf(scope, read.resource, attribute);
}

Answer<Maybe> SubVariable(const Scope& scope, const SubArgument& sub, const std::string& name) {
  if (sub.values) {
    if (const json::Value* value = sub.values->Find(name)) return Evaluate(scope, *value);
  }
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return ReferTo(scope, name);
  return AttributeOf(scope, std::string_view(name).substr(0, dot),
                     std::string_view(name).substr(dot + 1));
}

// A list in a text is joined by commas, as CloudFormation does for a list parameter.
std::optional<std::string> SubText(const json::Value& value) {
  if (!value.IsArray()) return ScalarText(value);
  std::string joined;
  for (const json::Value& item : value.AsArray()) {
    const auto text = ScalarText(item);
    if (!text) return std::nullopt;
    if (&item != &value.AsArray().front()) joined += ',';
    joined += *text;
  }
  return joined;
}

Answer<Maybe> Sub(const Scope& scope, const json::Value& argument) {
  TL_TRY(const SubArgument sub, ReadSubArgument(argument));
  std::string made;
  for (const SubPiece& piece : SplitSub(sub.text)) {
    if (!piece.variable) {
      made += piece.text;
      continue;
    }
    TL_TRY(const Maybe value, SubVariable(scope, sub, piece.text));
    const auto text = value ? SubText(*value) : std::optional<std::string>("");
    if (!text) {
      return TemplateError(fmt::format(
          "variable {} in Fn::Sub expression does not resolve to a string", piece.text));
    }
    made += *text;
  }
  return Maybe(json::Value(std::move(made)));
}

Answer<Maybe> ImportValue(const Scope& scope, const json::Value& argument) {
  TL_TRY(const std::string name, EvaluateText(scope, argument, "Fn::ImportValue"));
  if (!scope.import_value) return Unresolved(name);
  TL_TRY(json::Value value, scope.import_value(name));
  return Maybe(std::move(value));
}

const json::Value* LookUp(const json::Object& mappings, const std::string& map,
                          const std::string& top, const std::string& second) {
  return mappings.GetObject(map).GetObject(top).Find(second);
}

// Only AWS::LanguageExtensions know a default.
Answer<Maybe> MapDefault(const Scope& scope, const json::Array& parts) {
  if (parts.size() == 4 && parts[3].IsObject() && scope.document &&
      scope.document->Uses(kLanguageExtensions)) {
    if (const json::Value* value = parts[3].AsObject().Find("DefaultValue"))
      return Evaluate(scope, *value);
  }
  return Maybe();
}

Answer<Maybe> FindInMap(const Scope& scope, const json::Value& argument) {
  const bool form = argument.IsArray() && argument.AsArray().size() >= 3;
  if (!form || argument.AsArray().size() > 4) {
    return TemplateError(
        "every Fn::FindInMap object requires three parameters, the map name, map key and the "
        "attribute for return value");
  }
  const json::Array& parts = argument.AsArray();
  TL_TRY(const std::string map, EvaluateText(scope, parts[0], "Fn::FindInMap"));
  TL_TRY(const std::string top, EvaluateText(scope, parts[1], "Fn::FindInMap"));
  TL_TRY(const std::string second, EvaluateText(scope, parts[2], "Fn::FindInMap"));
  if (scope.document) {
    const json::Value* value = LookUp(scope.document->Section("Mappings"), map, top, second);
    if (value) return Maybe(*value);
  }
  TL_TRY(Maybe fallback, MapDefault(scope, parts));
  if (fallback) return fallback;
  return TemplateError(fmt::format("Unable to get mapping for {}::{}::{}", map, top, second));
}

Answer<Maybe> If(const Scope& scope, const json::Value& argument) {
  if (!argument.IsArray() || argument.AsArray().size() != 3 || !argument.AsArray()[0].IsString())
    return TemplateError(
        "Fn::If requires a list argument with the first element being a condition");
  const json::Array& parts = argument.AsArray();
  const auto found = scope.conditions.find(parts[0].AsString());
  if (found == scope.conditions.end()) {
    return TemplateError(
        fmt::format("unresolved condition dependency {} in Fn::If", parts[0].AsString()));
  }
  return Evaluate(scope, found->second ? parts[1] : parts[2]);
}

constexpr Function kFunctions[] = {
    {"Fn::FindInMap", FindInMap},     {"Fn::GetAtt", GetAtt}, {"Fn::If", If},
    {"Fn::ImportValue", ImportValue}, {"Fn::Sub", Sub},       {"Ref", Ref},
};

}  // namespace

constinit const std::span<const Function> kReferenceFunctions = kFunctions;

}  // namespace trunkline::cloud::cloudformation
