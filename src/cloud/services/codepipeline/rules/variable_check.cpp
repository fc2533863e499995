// VariableCheck: compares a variable with a value.
#include "aws/pattern.h"
#include "cloud/services/codepipeline/rules.h"

namespace trunkline::cloud::codepipeline {
namespace {

Answer<bool> Holds(std::string_view variable, std::string_view operation, std::string_view value) {
  if (operation == "EQ") return variable == value;
  if (operation == "NE") return variable != value;
  if (operation == "CONTAINS") return variable.find(value) != std::string_view::npos;
  if (operation != "MATCHES") {
    return ServiceError(
        "ConfigurationError",
        fmt::format("expected the operator EQ, NE, CONTAINS or MATCHES but got '{}'", operation));
  }
  const Result<aws::Pattern> pattern = aws::Pattern::Compile(value);
  if (!pattern) return ServiceError("ConfigurationError", pattern.error().message());
  return pattern->Matches(variable);
}

net::aw<Answer<RuleAnswer>> Run(ActionOrder order) {
  const std::string variable = order.Get("Variable");
  TL_CO_TRY(const bool holds, Holds(variable, order.Get("Operator"), order.Get("Value")));
  RuleAnswer answer;
  answer.outcome.succeeded = holds;
  answer.outcome.summary =
      fmt::format("The value '{}' {} the check {} '{}'", variable, holds ? "passed" : "failed",
                  order.Get("Operator"), order.Get("Value"));
  if (!holds) {
    answer.outcome.error_code = "RuleFailed";
    answer.outcome.error_message = answer.outcome.summary;
  }
  co_return answer;
}

constexpr Setting kSettings[] = {{"Variable", true}, {"Value", true}, {"Operator", true}};

}  // namespace

constinit const RuleKind kVariableCheckRule{
    .provider = "VariableCheck", .settings = kSettings, .inputs = {0, 0}, .run = Run};

}  // namespace trunkline::cloud::codepipeline
