// Executions on their way into a stage, and the start of its actions.
#include <algorithm>
#include <limits>

#include "cloud/job_kinds.h"
#include "cloud/jobs.h"
#include "cloud/services/codepipeline/action_types.h"
#include "cloud/services/codepipeline/progress.h"

namespace trunkline::cloud::codepipeline {
namespace {

// A custom action's limit is its own; everything else's is its row's.
Milliseconds TimeLimit(const json::Object& action) {
  const json::Object& type = action.GetObject("actionTypeId");
  if (action.Has("timeoutInMinutes"))
    return std::chrono::minutes(action.GetInt("timeoutInMinutes"));
  const ActionKind* kind =
      type.GetString("owner") == "AWS"
          ? FindActionKind(type.GetString("category"), type.GetString("provider"))
          : nullptr;
  return kind ? kind->time_limit : kCustomTimeLimit;
}

}  // namespace

std::vector<std::string> Progress::WaitingFor(std::string_view stage) {
  std::vector<std::string> waiting;
  for (const std::string& id : ActiveIds()) {
    const json::Object& execution = Execution(id);
    if (execution.GetString("Stage") == stage && execution.GetString("Step") == "Waiting")
      waiting.push_back(id);
  }
  std::ranges::stable_sort(waiting, {},
                           [&](const std::string& id) { return Execution(id).GetInt("Arrived"); });
  return waiting;
}

bool Progress::IsOccupied(std::string_view stage) {
  const std::vector<std::string> active = ActiveIds();
  return std::ranges::any_of(active, [&](const std::string& id) {
    const json::Object& execution = Execution(id);
    return execution.GetString("Stage") == stage && execution.GetString("Step") != "Waiting";
  });
}

// Lets at most one execution in. An execution in PARALLEL mode knows no locks.
bool Progress::AdmitTo(std::string_view stage) {
  std::vector<std::string> waiting = WaitingFor(stage);
  const std::string_view mode = declaration().GetString("executionMode", "SUPERSEDED");
  if (mode == "SUPERSEDED" && waiting.size() > 1) {
    std::ranges::stable_sort(
        waiting, {}, [&](const std::string& id) { return Execution(id).GetInt("Sequence"); });
    for (; waiting.size() > 1; waiting.erase(waiting.begin()))
      End(waiting.front(), "Superseded", "A newer execution took over");
  }
  if (waiting.empty()) return false;
  const json::Object& transition = View(stage).GetObject("Transition");
  if (!transition.GetBool("enabled", true)) return false;
  if (mode != "PARALLEL" && IsOccupied(stage)) return false;
  Enter(waiting.front());
  return true;
}

void Progress::Enter(const std::string& id) {
  json::Object& execution = Execution(id);
  StageOf(execution) = json::Object();
  SetStage(execution, "InProgress");
  TellStage(execution, id, "STARTED");
  if (BeginConditions(id, "beforeEntry")) return;
  BeginActions(id);
}

void Progress::BeginActions(const std::string& id) {
  json::Object& execution = Execution(id);
  execution.Set("Step", "Actions");
  std::int64_t order = std::numeric_limits<std::int64_t>::max();
  const json::Object* stage = FindStage(Plan(execution), execution.GetString("Stage"));
  for (const json::Value& action : stage->GetArray("actions"))
    order = std::min(order, action.AsObject().GetInt("runOrder", 1));
  StartGroup(id, order);
}

void Progress::StartGroup(const std::string& id, std::int64_t order) {
  json::Object& execution = Execution(id);
  StageOf(execution).Set("Order", order);
  const json::Object stage = *FindStage(Plan(execution), execution.GetString("Stage"));
  for (const json::Value& item : stage.GetArray("actions")) {
    const json::Object& action = item.AsObject();
    if (action.GetInt("runOrder", 1) != order) continue;
    const json::Object& before =
        StageOf(execution).GetObject("Actions").GetObject(action.GetString("name"));
    if (before.GetString("Status") != "Succeeded") StartAction(id, action);
  }
}

void Progress::StartAction(const std::string& id, const json::Object& action) {
  json::Object& execution = Execution(id);
  const std::string action_id = NewUuid(context_->random);
  const std::string action_name(action.GetString("name"));
  const json::Value now = Timestamp(context_->Now());
  json::Object payload{{"Pipeline", name()}, {"Action", action_id}};
  const std::string limit = context_->jobs.ScheduleAt(*context_, kTimeOutActionJob, payload,
                                                      context_->Now() + TimeLimit(action));
  json::Object body{{"Execution", id},        {"Stage", execution.At("Stage")},
                    {"Action", action_name},  {"Version", execution.At("Version")},
                    {"Status", "InProgress"}, {"Started", now},
                    {"Updated", now},         {"Declaration", action},
                    {"Limit", limit}};
  Part(Part(StageOf(execution), "Actions"), action_name) = {{"Id", action_id},
                                                            {"Status", "InProgress"}};
  Part(View(execution.GetString("Stage")), "Actions").Set(action_name, action_id);
  TellAction(execution, id, body, "STARTED");
  context_->store.Put(context_->RegionScope(), kAction,
                      {.id = action_id,
                       .parent = name(),
                       .name = NewestFirst(NextSequence()),
                       .body = std::move(body)});
  context_->jobs.ScheduleAt(*context_, kRunActionJob, std::move(payload), context_->Now());
}

}  // namespace trunkline::cloud::codepipeline
