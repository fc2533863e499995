// Invoke / StepFunctions: starts an execution of a state machine and waits for its end.
#include "base/json_write.h"
#include "cloud/services/codepipeline/actions/list.h"
#include "cloud/services/codepipeline/artifacts.h"

namespace trunkline::cloud::codepipeline {
namespace {

constexpr std::size_t kLongestName = 80;

Answer<std::string> ReadInput(const ActionOrder& order) {
  const std::string input = order.Get("Input");
  if (order.configuration.GetString("InputType", "Literal") == "Literal") return input;
  if (order.inputs.size() != 1)
    return ServiceError("ConfigurationError", "InputType FilePath needs one input artifact");
  return ReadArtifactFile(
      order, fmt::format("{}::{}", order.inputs.front().AsObject().GetString("name"), input));
}

std::string NameOf(const ActionOrder& order) {
  const std::string prefix = order.Get("ExecutionNamePrefix");
  if (prefix.empty()) return order.id;
  return fmt::format("{}-{}", prefix, order.id).substr(0, kLongestName);
}

net::aw<Answer<std::string>> Start(ActionOrder order) {
  std::string arn(order.progress.GetString("Execution"));
  if (!arn.empty()) co_return arn;
  TL_CO_TRY(std::string text, ReadInput(order));
  json::Object input{{"stateMachineArn", order.Get("StateMachineArn")}, {"name", NameOf(order)}};
  if (!text.empty()) input.Set("input", std::move(text));
  const Answer<> started =
      co_await order.actor.Call("stepfunctions", "StartExecution", std::move(input));
  if (!started) co_return started.error();
  arn = started->GetString("executionArn");
  json::Object progress{{"Execution", arn}};
  order.Keep(std::move(progress), arn);
  co_return arn;
}

net::aw<ActionOutcome> Finish(ActionOrder order, json::Object execution) {
  ActionOutcome outcome;
  outcome.external_id = execution.GetString("executionArn");
  outcome.succeeded = execution.GetString("status") == "SUCCEEDED";
  outcome.variables = {{"StateMachineArn", execution.GetString("stateMachineArn")},
                       {"ExecutionArn", execution.GetString("executionArn")}};
  if (!outcome.succeeded) {
    outcome.error_code = "JobFailed";
    outcome.error_message = fmt::format(
        "The state machine execution ended with status {}. {}: {}", execution.GetString("status"),
        execution.GetString("error", "Error"), execution.GetString("cause", "no cause was given"));
    co_return outcome;
  }
  const std::string name = OutputName(order);
  if (name.empty()) co_return outcome;
  std::vector<ZipEntry> entries;
  entries.push_back({.name = name + ".json", .bytes = json::Write(execution)});
  Result<std::string> zip = WriteZip(std::move(entries));
  if (!zip) co_return ServiceError("ConfigurationError", zip.error().message());
  TL_CO_TRY(json::Object artifact, co_await PutArtifact(order, name, std::move(*zip)));
  outcome.outputs.emplace_back(std::move(artifact));
  co_return outcome;
}

net::aw<ActionOutcome> RunStepFunctions(ActionOrder order) {
  TL_CO_TRY(const std::string arn, co_await Start(order));
  while (order.StillWanted()) {
    json::Object input{{"executionArn", arn}};
    const Answer<> got =
        co_await order.actor.Call("stepfunctions", "DescribeExecution", std::move(input));
    if (!got) co_return got.error();
    if (got->GetString("status") != "RUNNING") co_return co_await Finish(order, *got);
    co_await order.context.Sleep(kPollInterval);
  }
  co_return ActionOutcome::Pending();
}

constexpr Setting kSettings[] = {{"StateMachineArn", true},
                                 {"ExecutionNamePrefix", false},
                                 {"InputType", false},
                                 {"Input", false}};

}  // namespace

constinit const ActionKind kStepFunctionsAction{.category = "Invoke",
                                                .provider = "StepFunctions",
                                                .settings = kSettings,
                                                .inputs = {0, 1},
                                                .outputs = {0, 1},
                                                .time_limit = std::chrono::days(7),
                                                .run = RunStepFunctions};

}  // namespace trunkline::cloud::codepipeline
