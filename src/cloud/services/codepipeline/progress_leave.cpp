// What an action's end means for its stage, and a stage's end for its execution.
#include <algorithm>

#include "cloud/jobs.h"
#include "cloud/services/codepipeline/progress.h"

namespace trunkline::cloud::codepipeline {
namespace {

// The next higher run order of a stage, or 0.
std::int64_t NextOrder(const json::Object& stage, std::int64_t order) {
  std::int64_t next = 0;
  for (const json::Value& action : stage.GetArray("actions")) {
    const std::int64_t own = action.AsObject().GetInt("runOrder", 1);
    if (own > order && (next == 0 || own < next)) next = own;
  }
  return next;
}

bool AnyAction(const json::Object& stage, std::string_view status) {
  const json::Object& actions = stage.GetObject("Actions");
  return std::any_of(actions.begin(), actions.end(), [&](const json::Member& action) {
    return action.value.AsObject().GetString("Status") == status;
  });
}

// Whether the execution's stage ended well: it can be rolled back to.
bool SucceededIn(const json::Object& execution, std::string_view stage) {
  return execution.GetObject("Stages").GetObject(stage).GetString("Status") == "Succeeded";
}

std::string EventOf(std::string_view status) {
  if (status == "Cancelled") return "CANCELED";
  std::string upper(status);
  std::ranges::transform(upper, upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  return upper;
}

}  // namespace

void Progress::SetStage(json::Object& execution, std::string_view status) {
  StageOf(execution).Set("Status", status);
  execution.Set("Updated", Timestamp(context_->Now()));
  std::string id;
  for (const auto& [key, record] : executions_) {
    if (&record.body == &execution) id = key;
  }
  View(execution.GetString("Stage"))
      .Set("Latest",
           json::Object{
               {"pipelineExecutionId", id}, {"status", status}, {"type", execution.At("Type")}});
}

// Actions of the same order go on when one fails; then the stage fails, or the next order starts.
void Progress::Settle(const std::string& id) {
  json::Object& execution = Execution(id);
  if (execution.GetString("Step") != "Actions" || AnyAction(StageOf(execution), "InProgress"))
    return;
  if (execution.GetString("Status") == "Stopping") {
    SetStage(execution, "Stopped");
    TellStage(execution, id, "STOPPED");
    return End(id, "Stopped");
  }
  if (AnyAction(StageOf(execution), "Failed")) return FailStage(id);
  const json::Object* stage = FindStage(Plan(execution), execution.GetString("Stage"));
  const std::int64_t next = NextOrder(*stage, StageOf(execution).GetInt("Order"));
  if (next == 0) return FinishStage(id);
  if (!execution.GetBool("Outdated")) return StartGroup(id, next);
  SetStage(execution, "Cancelled");
  TellStage(execution, id, "CANCELED");
  End(id, "Cancelled", "The pipeline was changed before this execution could go on");
}

void Progress::FinishStage(const std::string& id) {
  if (BeginConditions(id, "onSuccess")) return;
  SucceedStage(id, "Succeeded");
}

void Progress::SucceedStage(const std::string& id, std::string_view status) {
  json::Object& execution = Execution(id);
  SetStage(execution, status);
  TellStage(execution, id, "SUCCEEDED");
  const json::Array stages = Plan(execution).GetArray("stages");
  const auto here = std::ranges::find_if(stages, [&](const json::Value& stage) {
    return stage.AsObject().GetString("name") == execution.GetString("Stage");
  });
  // A rollback is over with its stage.
  if (here + 1 == stages.end() || execution.GetString("Type") == "ROLLBACK")
    return End(id, "Succeeded");
  if (execution.GetString("Status") == "Stopping") return End(id, "Stopped");
  if (execution.GetBool("Outdated"))
    return End(id, "Cancelled", "The pipeline was changed before this execution could go on");
  execution.Set("Stage", (here + 1)->AsObject().GetString("name"));
  execution.Set("Step", "Waiting");
  execution.Set("Arrived", NextSequence());
}

void Progress::FailStage(const std::string& id) {
  json::Object& execution = Execution(id);
  const json::Object stage = *FindStage(Plan(execution), execution.GetString("Stage"));
  const json::Object& failure = stage.GetObject("onFailure");
  if (failure.GetString("result") == "RETRY" && StageOf(execution).GetInt("AutoRetries") == 0 &&
      !execution.GetBool("Outdated")) {
    Retry(id, failure.GetObject("retryConfiguration").GetString("retryMode", "FAILED_ACTIONS"),
          true);
    return;
  }
  if (BeginConditions(id, "onFailure")) return;
  ApplyResult(id, failure.GetString("result") == "RETRY" ? "FAIL" : failure.GetString("result"));
}

void Progress::FailForGood(const std::string& id) {
  json::Object& execution = Execution(id);
  SetStage(execution, "Failed");
  TellStage(execution, id, "FAILED");
  End(id, "Failed");
}

// What a failed stage, or a condition that was not met, leads to.
void Progress::ApplyResult(const std::string& id, std::string_view result) {
  if (result == "SKIP") {
    SucceedStage(id, "Skipped");
  } else if (result == "RETRY" && StageOf(Execution(id)).GetInt("AutoRetries") == 0) {
    Retry(id, "FAILED_ACTIONS", true);
  } else {
    FailForGood(id);
    if (result == "ROLLBACK") RollBackStage(id);
  }
}

// To the newest execution that did well in the stage with this structure.
bool Progress::RollBackStage(const std::string& id) {
  const json::Object& execution = Execution(id);
  const std::string stage(execution.GetString("Stage"));
  const std::int64_t structure = pipeline().GetInt("Structure");
  if (execution.GetString("Type") == "ROLLBACK") return false;
  for (const Record* other : context_->store.List(context_->RegionScope(), kExecution, name())) {
    const json::Object& body = other->body;
    if (other->id == id || body.GetString("Type") == "ROLLBACK" || !SucceededIn(body, stage) ||
        body.GetInt("Structure") != structure) {
      continue;
    }
    StartRollback(stage, other->id, "AutomatedRollback", id);
    return true;
  }
  return false;
}

void Progress::End(const std::string& id, std::string_view status, std::string_view summary) {
  json::Object& execution = Execution(id);
  execution.Set("Status", status);
  execution.Set("Step", "Ended");
  execution.Set("Updated", Timestamp(context_->Now()));
  if (!summary.empty()) execution.Set("StatusSummary", summary);
  json::Array& active = PartList(pipeline(), "Active");
  std::erase_if(active, [&](const json::Value& one) { return one.AsString() == id; });
  TellPipeline(execution, id, EventOf(status));
}

void Progress::Stop(const std::string& id, bool abandon, std::string_view reason) {
  json::Object& execution = Execution(id);
  execution.Set("Stop", json::Object{{"reason", reason}});
  execution.Set("Status", "Stopping");
  TellPipeline(execution, id, "STOPPING");
  if (execution.GetString("Step") == "Waiting") return End(id, "Stopped");
  SetStage(execution, "Stopping");
  TellStage(execution, id, "STOPPING");
  if (!abandon && execution.GetString("Step") == "Actions") return Settle(id);
  const json::Object actions = StageOf(execution).GetObject("Actions");
  for (const json::Member& action : actions) {
    if (action.value.AsObject().GetString("Status") != "InProgress") continue;
    ActionOutcome abandoned;
    abandoned.error_code = "Abandoned";
    EndAction(std::string(action.value.AsObject().GetString("Id")), abandoned);
  }
  if (execution.GetString("Step") == "Ended") return;
  SetStage(execution, "Stopped");
  TellStage(execution, id, "STOPPED");
  End(id, "Stopped");
}

void Progress::Retry(const std::string& id, std::string_view mode, bool automatic) {
  json::Object& execution = Execution(id);
  json::Object& stage = StageOf(execution);
  const std::string_view counter = automatic ? "AutoRetries" : "ManualRetries";
  stage.Set(counter, stage.GetInt(counter) + 1);
  json::Object& view = Part(View(execution.GetString("Stage")), "Retry");
  view.Set(automatic ? "autoStageRetryAttempt" : "manualStageRetryAttempt", stage.GetInt(counter));
  view.Set("latestRetryTrigger", automatic ? "AutomatedStageRetry" : "ManualStageRetry");
  const bool entered = stage.Has("Order");
  if (mode == "ALL_ACTIONS") stage.Remove("Actions");
  stage.Remove("Conditions");
  execution.Set("Status", "InProgress");
  execution.Set("Attempt", execution.GetInt("Attempt") + 1);
  json::Array& active = PartList(pipeline(), "Active");
  if (std::ranges::find(active, json::Value(id)) == active.end()) {
    active.emplace_back(id);
    TellPipeline(execution, id, "RESUMED");
  }
  SetStage(execution, "InProgress");
  TellStage(execution, id, "RESUMED");
  if (!entered && BeginConditions(id, "beforeEntry")) return;
  execution.Set("Step", "Actions");
  if (!entered || mode == "ALL_ACTIONS") return BeginActions(id);
  const bool unfinished = AnyAction(stage, "Failed") || AnyAction(stage, "Abandoned");
  if (!unfinished) return Settle(id);  // its conditions failed, or it was stopped between actions
  StartGroup(id, stage.GetInt("Order"));
}

}  // namespace trunkline::cloud::codepipeline
