#include "cloud/services/codepipeline/action_run.h"

#include "cloud/job_kinds.h"
#include "cloud/services/codepipeline/action_types.h"
#include "cloud/services/codepipeline/order.h"
#include "cloud/services/codepipeline/progress.h"
#include "cloud/services/codepipeline/work.h"

namespace trunkline::cloud {
namespace codepipeline {
namespace {

bool IsDenied(std::string_view code) {
  return code.find("AccessDenied") != std::string_view::npos || code == "PermissionError";
}

void Finish(const WaitContext& context, const std::string& pipeline, const std::string& action,
            const ActionOutcome& outcome) {
  const Answer<> done = context.State([&](Context& state) -> Answer<> {
    TL_DO(Change(state, pipeline, [&](Progress& progress) -> Answer<void> {
      progress.EndAction(action, outcome);
      return {};
    }));
    return json::Object();
  });
  // The pipeline was deleted in between: nobody asks for the result.
  if (!done) context.log().Info("action '{}' of pipeline '{}' is dropped", action, pipeline);
}

net::aw<ActionOutcome> RunOrder(ActionOrder order) {
  const json::Object& type = order.declaration.GetObject("actionTypeId");
  if (type.GetString("owner") == "Custom") co_return GiveToWorker(order);
  const ActionKind* kind = FindActionKind(type.GetString("category"), type.GetString("provider"));
  co_return co_await kind->run(std::move(order));
}

// Answers pending when the action's end came from somewhere else in between.
net::aw<ActionOutcome> RunById(WaitContext context, std::string pipeline, std::string id) {
  Answer<std::optional<ActionOrder>> order = ReadOrder(context, kAction, pipeline, id);
  if (!order) co_return order.error();
  if (!*order) co_return ActionOutcome::Pending();
  const Answer<void> collected = co_await CollectInputs(context, &**order, kAction);
  if (!collected) co_return collected.error();
  co_return co_await RunOrder(std::move(**order));
}

// A time limit is over.
Answer<void> TimeOut(Context& context, const json::Object& payload) {
  return Change(context, payload.GetString("Pipeline"), [&](Progress& progress) -> Answer<void> {
    const std::string id(payload.GetString("Action"));
    const Record* action = context.store.Find(context.RegionScope(), kAction, id);
    if (!action) return {};
    const json::Object& type = action->body.GetObject("Declaration").GetObject("actionTypeId");
    ActionOutcome outcome =
        ActionOutcome::Failure("JobTimedOut", "The action did not finish within its time limit");
    if (type.GetString("category") == "Approval") {
      outcome.error_message = "The approval request timed out before it was approved or rejected";
    } else if (type.GetString("provider") == "Lambda") {
      outcome.error_message = fmt::format(
          "The AWS Lambda function {} failed to return a result. Check the function to verify that "
          "it has permission to call the PutJobSuccessResult action and that it made a call to "
          "PutJobSuccessResult.",
          action->body.GetObject("Resolved").GetString("FunctionName"));
    }
    progress.EndAction(id, outcome);
    return {};
  });
}

constexpr WaitHandler kRunAction{RunAction};

}  // namespace

ActionOutcome::ActionOutcome(const ServiceError& error)
    : error_code(IsDenied(error.code)        ? "PermissionError"
                 : error.code == "JobFailed" ? "JobFailed"
                                             : "ConfigurationError"),
      error_message(error.message) {}

ActionOutcome ActionOutcome::Pending() {
  ActionOutcome outcome;
  outcome.pending = true;
  return outcome;
}

ActionOutcome ActionOutcome::Success() {
  ActionOutcome outcome;
  outcome.succeeded = true;
  return outcome;
}

ActionOutcome ActionOutcome::Failure(std::string_view code, std::string_view message) {
  ActionOutcome outcome;
  outcome.error_code = code;
  outcome.error_message = message;
  return outcome;
}

void ActionOrder::Keep(json::Object now, std::string_view external_id,
                       std::string_view external_url, std::string_view summary) const {
  (void)context.State([&](Context& state) -> Answer<> {
    const Record* found = state.store.Find(state.RegionScope(), kAction, id);
    if (!found) return json::Object();
    Record record = *found;
    record.body.Set("Progress", now);
    json::Object& result = Part(record.body, "Result");
    result.SetIfNotEmpty("externalExecutionId", external_id);
    result.SetIfNotEmpty("externalExecutionUrl", external_url);
    result.SetIfNotEmpty("externalExecutionSummary", summary);
    state.store.Put(state.RegionScope(), kAction, std::move(record));
    return json::Object();
  });
}

bool ActionOrder::StillWanted() const {
  bool wanted = false;
  (void)context.State([&](Context& state) -> Answer<> {
    const Record* found = state.store.Find(state.RegionScope(), kAction, id);
    wanted = found && found->body.GetString("Status") == "InProgress";
    return json::Object();
  });
  return wanted;
}

net::aw<Answer<>> RunAction(WaitContext context, json::Object payload) {
  std::string pipeline(payload.GetString("Pipeline"));
  std::string id(payload.GetString("Action"));
  const ActionOutcome outcome = co_await RunById(context, pipeline, id);
  Finish(context, pipeline, id, outcome);
  co_return json::Object();
}

}  // namespace codepipeline

constinit const JobKind kRunActionJob{.name = "codepipeline.run-action",
                                      .wait = &codepipeline::kRunAction};
constinit const JobKind kTimeOutActionJob{.name = "codepipeline.time-out-action",
                                          .run = codepipeline::TimeOut};

}  // namespace trunkline::cloud
