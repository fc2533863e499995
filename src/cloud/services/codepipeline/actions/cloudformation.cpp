// Deploy / CloudFormation: stacks and change sets, by ActionMode.
//
// Every call carries the action execution's id as its token, so that an action that is run again
// after a restart does not do anything twice; then it watches.
#include "base/json_write.h"
#include "cloud/services/codepipeline/actions/list.h"
#include "cloud/services/codepipeline/stack_input.h"
#include "cloud/services/codepipeline/stack_watch.h"

namespace trunkline::cloud::codepipeline {
namespace {

// REPLACE_ON_FAILURE deletes stacks in these states (documented; ROLLBACK_COMPLETE as observed).
bool IsBroken(std::string_view status) {
  return status == "ROLLBACK_COMPLETE" || status == "ROLLBACK_FAILED" ||
         status == "CREATE_FAILED" || status == "DELETE_FAILED" ||
         status == "UPDATE_ROLLBACK_FAILED";
}

bool IsUnchanged(std::string_view message) {
  return message.find("No updates are to be performed") != std::string_view::npos ||
         message.find("didn't contain changes") != std::string_view::npos;
}

// What may not be done is a PermissionError, whatever CloudFormation calls it; all else failed.
ServiceError AsFailure(const ServiceError& error) {
  const bool denied = error.code.find("AccessDenied") != std::string::npos;
  return {denied ? "PermissionError" : "JobFailed", error.message};
}

// False: there is nothing to change.
net::aw<Answer<bool>> Send(WaitContext actor, std::string operation, json::Object input) {
  const Answer<> answer =
      co_await actor.Call("cloudformation", std::move(operation), std::move(input));
  if (answer) co_return true;
  if (IsUnchanged(answer.error().message)) co_return false;
  co_return AsFailure(answer.error());
}

void KeepSent(ActionOrder& order, bool changes) {
  order.progress = {{"Sent", true}};
  if (!changes) order.progress.Set(kUnchanged, true);
  order.Keep(order.progress, order.Get("StackName"));
}

// Waits for a stack and tells how it is; a stack that is gone is an error.
net::aw<ActionOutcome> Watch(ActionOrder order) {
  Answer<std::optional<json::Object>> stack = co_await WaitForStack(order, order.Get("StackName"));
  if (!stack) co_return stack.error();
  if (*stack) co_return co_await ToStackOutcome(order, std::move(**stack));
  if (!order.StillWanted()) co_return ActionOutcome::Pending();
  co_return ActionOutcome::Failure(
      "JobFailed", fmt::format("Stack with id {} does not exist", order.Get("StackName")));
}

net::aw<Answer<void>> Delete(ActionOrder order) {
  json::Object input{{"StackName", order.Get("StackName")}, {"ClientRequestToken", order.id}};
  if (const std::string role = order.Get("RoleArn"); !role.empty()) input.Set("RoleARN", role);
  TL_CO_DO(co_await Send(order.actor, "DeleteStack", std::move(input)));
  const Answer<std::optional<json::Object>> rest =
      co_await WaitForStack(order, order.Get("StackName"));
  if (!rest) co_return rest.error();
  if (!*rest) co_return Answer<void>();
  co_return ServiceError("JobFailed",
                         fmt::format("The stack could not be deleted. It is in state {}.",
                                     (**rest).GetString("StackStatus")));
}

net::aw<Answer<bool>> CreateOrUpdate(ActionOrder order, bool exists) {
  TL_CO_TRY(json::Object input, co_await MakeStackInput(order));
  TL_CO_TRY(const std::string policy, StackPolicy(order));
  input.SetIfNotEmpty("StackPolicyBody", policy);
  input.Set("ClientRequestToken", order.id);
  co_return co_await Send(order.actor, exists ? "UpdateStack" : "CreateStack", std::move(input));
}

net::aw<ActionOutcome> RunCreateUpdate(ActionOrder order, bool replace) {
  if (!order.progress.Has("Sent")) {
    TL_CO_TRY(std::optional<json::Object> stack,
              co_await WaitForStack(order, order.Get("StackName")));
    const std::string status(stack ? stack->GetString("StackStatus") : std::string_view());
    if (replace && IsBroken(status)) {
      TL_CO_DO(co_await Delete(order));
      stack.reset();
    }
    const bool exists = stack && status != "REVIEW_IN_PROGRESS";
    TL_CO_TRY(const bool changes, co_await CreateOrUpdate(order, exists));
    KeepSent(order, changes);
  }
  co_return co_await Watch(std::move(order));
}

net::aw<ActionOutcome> RunDelete(ActionOrder order) {
  TL_CO_DO(co_await Delete(order));
  ActionOutcome outcome = ActionOutcome::Success();
  outcome.summary = fmt::format("Stack {} was deleted.", order.Get("StackName"));
  co_return outcome;
}

json::Object NameChangeSet(const ActionOrder& order) {
  return {{"StackName", order.Get("StackName")}, {"ChangeSetName", order.Get("ChangeSetName")}};
}

net::aw<Answer<json::Object>> WaitForChangeSet(ActionOrder order) {
  while (true) {
    Answer<> got =
        co_await order.actor.Call("cloudformation", "DescribeChangeSet", NameChangeSet(order));
    if (!got) co_return AsFailure(got.error());
    const std::string_view status = got->GetString("Status");
    const bool busy = status == "CREATE_PENDING" || status == "CREATE_IN_PROGRESS";
    if (!busy || !order.StillWanted()) co_return std::move(*got);
    co_await order.context.Sleep(kPollInterval);
  }
}

net::aw<ActionOutcome> RunChangeSetReplace(ActionOrder order) {
  if (!order.progress.Has("Sent")) {
    TL_CO_TRY(const std::optional<json::Object> stack,
              co_await WaitForStack(order, order.Get("StackName")));
    const bool exists = stack && stack->GetString("StackStatus") != "REVIEW_IN_PROGRESS";
    if (stack) TL_CO_DO(co_await Send(order.actor, "DeleteChangeSet", NameChangeSet(order)));
    TL_CO_TRY(json::Object input, co_await MakeStackInput(order));
    input.Set("ChangeSetName", order.Get("ChangeSetName"));
    input.Set("ChangeSetType", exists ? "UPDATE" : "CREATE");
    input.Set("ClientToken", order.id);
    TL_CO_DO(co_await Send(order.actor, "CreateChangeSet", std::move(input)));
    json::Object sent{{"Sent", true}};
    order.Keep(std::move(sent), order.Get("ChangeSetName"));
  }
  TL_CO_TRY(const json::Object set, co_await WaitForChangeSet(order));
  ActionOutcome outcome;
  outcome.external_id = set.GetString("ChangeSetId");
  const bool unchanged = IsUnchanged(set.GetString("StatusReason"));
  outcome.succeeded = set.GetString("Status") == "CREATE_COMPLETE" || unchanged;
  if (!outcome.succeeded) {
    outcome.error_code = "JobFailed";
    outcome.error_message = set.GetString("StatusReason");
    co_return outcome;
  }
  outcome.summary = fmt::format("Change set {} was created.", order.Get("ChangeSetName"));
  TL_CO_TRY(outcome.outputs, co_await PutOutputFile(order, json::Write(set)));
  co_return outcome;
}

net::aw<ActionOutcome> RunChangeSetExecute(ActionOrder order) {
  if (!order.progress.Has("Sent")) {
    TL_CO_TRY(const json::Object set, co_await WaitForChangeSet(order));
    const bool changes = !IsUnchanged(set.GetString("StatusReason"));
    if (changes) {
      json::Object input = NameChangeSet(order);
      input.Set("ClientRequestToken", order.id);
      TL_CO_DO(co_await Send(order.actor, "ExecuteChangeSet", std::move(input)));
    }
    KeepSent(order, changes);
  }
  co_return co_await Watch(std::move(order));
}

net::aw<ActionOutcome> RunCloudFormation(ActionOrder order) {
  const std::string mode = order.Get("ActionMode");
  if (mode == "CREATE_UPDATE") co_return co_await RunCreateUpdate(std::move(order), false);
  if (mode == "REPLACE_ON_FAILURE") co_return co_await RunCreateUpdate(std::move(order), true);
  if (mode == "DELETE_ONLY") co_return co_await RunDelete(std::move(order));
  if (mode == "CHANGE_SET_REPLACE") co_return co_await RunChangeSetReplace(std::move(order));
  if (mode == "CHANGE_SET_EXECUTE") co_return co_await RunChangeSetExecute(std::move(order));
  co_return ServiceError(
      "ConfigurationError",
      fmt::format("expected the ActionMode CREATE_UPDATE, REPLACE_ON_FAILURE, DELETE_ONLY, "
                  "CHANGE_SET_REPLACE or CHANGE_SET_EXECUTE but got '{}'",
                  mode));
}

constexpr Setting kSettings[] = {{"ActionMode", true},
                                 {"StackName", true},
                                 {"ChangeSetName", false},
                                 {"TemplatePath", false},
                                 {"TemplateConfiguration", false},
                                 {"Capabilities", false},
                                 {"RoleArn", false},
                                 {"ParameterOverrides", false},
                                 {"OutputFileName", false}};

}  // namespace

constinit const ActionKind kCloudFormationAction{.category = "Deploy",
                                                 .provider = "CloudFormation",
                                                 .settings = kSettings,
                                                 .inputs = {0, 10},
                                                 .outputs = {0, 1},
                                                 .time_limit = std::chrono::days(3),
                                                 .run = RunCloudFormation};

}  // namespace trunkline::cloud::codepipeline
