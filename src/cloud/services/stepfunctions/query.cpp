// JSONata in payloads: the evaluator behind "{% ... %}".
#include <map>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/stepfunctions/jsonata/jsonata.h"
#include "cloud/services/stepfunctions/payload.h"

namespace trunkline::cloud::stepfunctions {
namespace {

Failure QueryFailure(std::string cause, std::string_view field) {
  Failure failure = InState(kQueryError, std::move(cause));
  failure.location = field;
  return failure;
}

Outcome<> Evaluate(std::string_view expression, std::string_view field, const QueryScope& scope) {
  jsonata::Bindings bindings;
  for (const auto& member : scope.variables) bindings.variables.emplace(member.key, member.value);
  bindings.variables["states"] = scope.states;
  bool function = false;
  const jsonata::World world{.random = scope.random, .now = scope.now, .function = &function};
  const auto parsed = jsonata::Parse(expression);
  auto result = parsed ? jsonata::Evaluate(*parsed, json::Value(), bindings, world)
                       : Result<std::optional<json::Value>>(parsed.error());
  if (!result) {
    const Error& error = result.error();
    const std::string code = error.code().empty() ? "" : fmt::format(". {}", error.code());
    return QueryFailure(
        fmt::format("The JSONata expression '{}' specified for the field '{}' threw an error "
                    "during evaluation{}: {}",
                    expression, field, code, error.message()),
        field);
  }
  if (!*result) {
    return QueryFailure(
        fmt::format("The JSONata expression '{}' specified for the field '{}' returned {}.",
                    expression, field,
                    function ? "an unsupported result type" : "nothing (undefined)"),
        field);
  }
  return std::move(**result);
}

Outcome<> FillMembers(const json::Object& form, std::string_view field, const QueryScope& scope) {
  json::Object filled;
  for (const auto& member : form) {
    TL_TRY(json::Value value,
           FillQuery(member.value, fmt::format("{}/{}", field, member.key), scope));
    filled.Set(member.key, std::move(value));
  }
  return json::Value(std::move(filled));
}

}  // namespace

bool IsExpression(const json::Value& value) {
  if (!value.IsString()) return false;
  const std::string& text = value.AsString();
  return text.size() >= 4 && text.starts_with("{%") && text.ends_with("%}");
}

std::string_view ExpressionOf(std::string_view text) {
  return Trim(text.substr(2, text.size() - 4));
}

Outcome<> FillQuery(const json::Value& form, std::string_view field, const QueryScope& scope) {
  if (IsExpression(form)) return Evaluate(ExpressionOf(form.AsString()), field, scope);
  if (form.IsObject()) return FillMembers(form.AsObject(), field, scope);
  if (!form.IsArray()) return form;
  json::Array filled;
  for (const json::Value& item : form.AsArray()) {
    TL_TRY(json::Value value, FillQuery(item, fmt::format("{}[{}]", field, filled.size()), scope));
    filled.push_back(std::move(value));
  }
  return json::Value(std::move(filled));
}

Failure UnexpectedType(const json::Value& form, std::string_view field, std::string_view expected,
                       const json::Value& value) {
  std::string_view type = value.TypeName();  // "an array"
  type.remove_prefix(type.find(' ') + 1);
  return QueryFailure(
      fmt::format("The JSONata expression '{}' specified for the field '{}' returned an unexpected "
                  "result type. Expected '{}', but was '{}' for value: {}",
                  IsExpression(form) ? ExpressionOf(form.AsString()) : json::Write(form), field,
                  expected, type, json::Write(value)),
      field);
}

Result<void> CheckExpression(std::string_view text) {
  TL_DO(jsonata::Parse(ExpressionOf(text)));
  return {};
}

}  // namespace trunkline::cloud::stepfunctions
