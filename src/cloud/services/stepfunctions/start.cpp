#include "cloud/services/stepfunctions/start.h"

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/services/stepfunctions/families.h"
#include "cloud/services/stepfunctions/validate.h"

namespace trunkline::cloud::stepfunctions {
namespace {

Answer<void> CheckInputText(std::string_view text) {
  std::string fault;
  if (Trim(text).empty()) {
    fault = "Invalid execution input.";
  } else if (text.size() > kPayloadLimit) {
    return ServiceError("ValidationException",
                        "1 validation error detected: Value at 'input' failed to satisfy "
                        "constraint: Member must have length less than or equal to 262144");
  } else if (!json::Parse(text)) {
    fault = ExplainJson(text).message;
  }
  if (fault.empty()) return {};
  return ServiceError("InvalidExecutionInput",
                      fmt::format("Invalid State Machine Execution Input: '{}'", fault));
}

// The same call while the execution runs gives the same answer.
Answer<std::optional<json::Object>> FindSame(Context& context, const NewExecution& asked) {
  const Record* existing = context.store.Find(context.RegionScope(), kExecution, asked.id);
  if (!existing) return std::optional<json::Object>();
  const json::Object& body = existing->body;
  if (body.GetString("status") == "RUNNING" && body.GetString("input") == asked.input)
    return std::optional<json::Object>(body);
  return ServiceError("ExecutionAlreadyExists", fmt::format("Execution Already Exists: '{}'",
                                                            body.GetString("executionArn")));
}

json::Object StartAnswer(const json::Object& body) {
  return {{"executionArn", body.At("executionArn")}, {"startDate", body.At("startDate")}};
}

Answer<> StartExecution(Context& context, const json::Object& input) {
  TL_TRY(const MachineRef machine, FindMachine(context, input.GetString("stateMachineArn")));
  TL_TRY(NewExecution execution, ReadStart(context, input, machine));
  TL_TRY(const std::optional<json::Object> same, FindSame(context, execution));
  if (same) return StartAnswer(*same);
  const bool express = execution.express;
  const std::string id = execution.id;
  TL_TRY(const json::Object body, StartNew(context, std::move(execution)));
  if (express && body.GetString("status") != "RUNNING") ForgetExecution(context, id);
  return StartAnswer(body);
}

constexpr Operation kOperations[] = {
    {.name = "StartExecution", .handle = StartExecution},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<NewExecution> ReadStart(Context& context, const json::Object& input,
                               const MachineRef& machine) {
  const std::string text(input.GetString("input", "{}"));
  TL_DO(CheckInputText(text));
  std::string name(input.GetString("name"));
  if (name.empty()) name = NewUuid(context.random);
  TL_DO(CheckName(name));
  const bool express = machine.machine.body.GetString("type") == "EXPRESS";
  const std::string& owner = machine.machine.id;
  return NewExecution{
      .id = express ? fmt::format("express:{}:{}:{}", owner, name, NewUuid(context.random))
                    : fmt::format("execution:{}:{}", owner, name),
      .name = name,
      .parent = owner,
      .machine_arn = std::string(machine.machine.body.GetString("stateMachineArn")),
      .machine_name = owner,
      .revision = machine.revision,
      .version_arn = machine.version_arn,
      .alias_arn = machine.alias_arn,
      .trace_header = std::string(input.GetString("traceHeader")),
      .input = text,
      .express = express};
}

constinit const Family kStartOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
