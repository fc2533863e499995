#include "cloud/services/codepipeline/stack_watch.h"

#include "base/json_write.h"
#include "cloud/services/codepipeline/artifacts.h"

namespace trunkline::cloud::codepipeline {
namespace {

bool IsAtRest(std::string_view status) {
  return !status.ends_with("_IN_PROGRESS") || status == "REVIEW_IN_PROGRESS";
}

json::Object OutputsOf(const json::Object& stack) {
  json::Object outputs;
  for (const json::Value& item : stack.GetArray("Outputs")) {
    outputs.Set(item.AsObject().GetString("OutputKey"),
                std::string(item.AsObject().GetString("OutputValue")));
  }
  return outputs;
}

std::string Url(const ActionOrder& order, std::string_view id) {
  return fmt::format(
      "https://{0}.console.aws.amazon.com/cloudformation/home?region={0}#/stack/detail?stackId={1}",
      order.actor.region(), id);
}

// The first resource that failed says more than the stack's own status.
net::aw<std::string> Reason(ActionOrder order, std::string stack_id, std::string status) {
  json::Object input{{"StackName", stack_id}};
  const Answer<> got =
      co_await order.actor.Call("cloudformation", "DescribeStackEvents", std::move(input));
  std::string reason;
  if (got) {
    for (const json::Value& item : got->GetArray("StackEvents")) {
      const json::Object& event = item.AsObject();
      const std::string_view said = event.GetString("ResourceStatusReason");
      if (event.GetString("ResourceStatus").ends_with("_FAILED") &&
          said.find("cancelled") == std::string_view::npos && !said.empty()) {
        reason = fmt::format("{}: {}", event.GetString("LogicalResourceId"), said);
      }
      // Newest first: what came before this update is not looked at.
      if (event.GetString("ResourceStatusReason") == "User Initiated") break;
    }
  }
  std::string text = fmt::format("The stack operation failed. The stack is in state {}.{}{}",
                                 status, reason.empty() ? "" : " ", reason);
  co_return text;
}

}  // namespace

net::aw<Answer<std::optional<json::Object>>> DescribeStack(WaitContext actor, std::string name) {
  json::Object input{{"StackName", name}};
  const Answer<> got = co_await actor.Call("cloudformation", "DescribeStacks", std::move(input));
  if (!got && got.error().code == "ValidationError") co_return std::optional<json::Object>();
  if (!got) co_return got.error();
  const json::Array& stacks = got->GetArray("Stacks");
  if (stacks.empty()) co_return std::optional<json::Object>();
  co_return std::optional(stacks.front().AsObject());
}

net::aw<Answer<std::optional<json::Object>>> WaitForStack(ActionOrder order, std::string name) {
  while (order.StillWanted()) {
    Answer<std::optional<json::Object>> stack = co_await DescribeStack(order.actor, name);
    if (!stack || !*stack) co_return stack;
    const std::string_view status = (**stack).GetString("StackStatus");
    if (status == "DELETE_COMPLETE") co_return std::optional<json::Object>();
    if (IsAtRest(status)) co_return stack;
    co_await order.context.Sleep(kPollInterval);
  }
  co_return std::optional<json::Object>();
}

net::aw<Answer<json::Array>> PutOutputFile(ActionOrder order, std::string text) {
  json::Array outputs;
  const std::string name = OutputName(order);
  const std::string file = order.Get("OutputFileName");
  if (name.empty() || file.empty()) co_return outputs;
  std::vector<ZipEntry> entries;
  entries.push_back({.name = file, .bytes = std::move(text)});
  Result<std::string> zip = WriteZip(std::move(entries));
  if (!zip) co_return ServiceError("ConfigurationError", zip.error().message());
  TL_CO_TRY(json::Object artifact, co_await PutArtifact(order, name, std::move(*zip)));
  outputs.emplace_back(std::move(artifact));
  co_return outputs;
}

net::aw<ActionOutcome> ToStackOutcome(ActionOrder order, json::Object stack) {
  const std::string status(stack.GetString("StackStatus"));
  const std::string id(stack.GetString("StackId"));
  ActionOutcome outcome;
  outcome.external_id = id;
  outcome.external_url = Url(order, id);
  outcome.succeeded = status == "CREATE_COMPLETE" || status == "UPDATE_COMPLETE" ||
                      status == "IMPORT_COMPLETE" ||
                      // Rolled back to just what is wanted now.
                      (order.progress.GetBool(kUnchanged) && status == "UPDATE_ROLLBACK_COMPLETE");
  if (!outcome.succeeded) {
    outcome.error_code = "JobFailed";
    outcome.error_message = co_await Reason(order, id, status);
    co_return outcome;
  }
  outcome.summary = fmt::format("Stack {} was {}.", stack.GetString("StackName"),
                                status == "CREATE_COMPLETE" ? "created" : "updated");
  outcome.variables = OutputsOf(stack);
  TL_CO_TRY(outcome.outputs, co_await PutOutputFile(order, json::Write(outcome.variables)));
  co_return outcome;
}

}  // namespace trunkline::cloud::codepipeline
