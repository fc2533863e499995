#include "cloud/services/cloudformation/template/evaluate.h"

#include <fmt/format.h>

#include "cloud/services/cloudformation/template/function.h"
#include "cloud/services/cloudformation/template/functions.h"
#include "cloud/services/cloudformation/template/read.h"

namespace trunkline::cloud::cloudformation {
namespace {

const Function* FindFunction(std::string_view name) {
  for (const auto& family : {kReferenceFunctions, kListFunctions}) {
    for (const Function& function : family) {
      if (function.name == name) return &function;
    }
  }
  return nullptr;
}

ServiceError Unsupported(std::string_view name) {
  return TemplateError(fmt::format(
      "Encountered unsupported function: {} Supported functions are: [Fn::Base64, Fn::GetAtt, "
      "Fn::GetAZs, Fn::ImportValue, Fn::Join, Fn::Split, Fn::FindInMap, Fn::Select, Ref, "
      "Fn::Equals, Fn::If, Fn::Not, Condition, Fn::And, Fn::Or, Fn::Contains, "
      "Fn::EachMemberEquals, Fn::EachMemberIn, Fn::ValueOf, Fn::ValueOfAll, Fn::RefAll, Fn::Sub, "
      "Fn::Cidr]",
      name));
}

Answer<Maybe> EvaluateArray(const Scope& scope, const json::Array& array) {
  json::Array made;
  made.reserve(array.size());
  for (const json::Value& item : array) {
    TL_TRY(Maybe value, Evaluate(scope, item));
    if (value) made.push_back(std::move(*value));
  }
  return Maybe(json::Value(std::move(made)));
}

}  // namespace

ServiceError TemplateError(std::string_view what) {
  return ValidationError(fmt::format("Template error: {}", what));
}

Answer<Maybe> Evaluate(const Scope& scope, const json::Value& value) {
  if (const auto call = AsCall(value)) {
    const Function* function = FindFunction(call->name);
    if (!function) return Unsupported(call->name);
    return function->run(scope, *call->argument);
  }
  if (value.IsArray()) return EvaluateArray(scope, value.AsArray());
  if (value.IsObject()) {
    TL_TRY(json::Object made, EvaluateObject(scope, value.AsObject()));
    return Maybe(json::Value(std::move(made)));
  }
  return Maybe(value);
}

Answer<json::Object> EvaluateObject(const Scope& scope, const json::Object& object) {
  json::Object made;
  for (const json::Member& member : object) {
    TL_TRY(Maybe value, Evaluate(scope, member.value));
    if (value) made.Set(member.key, std::move(*value));
  }
  return made;
}

Answer<std::string> EvaluateText(const Scope& scope, const json::Value& value,
                                 std::string_view what) {
  TL_TRY(const Maybe made, Evaluate(scope, value));
  std::optional<std::string> text = made ? ScalarText(*made) : std::nullopt;
  if (text) return std::move(*text);
  return TemplateError(fmt::format("every {} object must have a string-typed property.", what));
}

bool Holds(const Scope& scope, std::string_view condition) {
  if (condition.empty()) return true;
  const auto found = scope.conditions.find(condition);
  return found != scope.conditions.end() && found->second;
}

}  // namespace trunkline::cloud::cloudformation
