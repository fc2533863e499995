// Conditions in front of a stage, and after its success or failure.
//
// A condition is met when all of its rules succeed. One that is not met decides by its result
// before a stage and after its success; after a failure the result applies when the condition is
// met.
#include <algorithm>

#include "cloud/job_kinds.h"
#include "cloud/jobs.h"
#include "cloud/services/codepipeline/progress.h"

namespace trunkline::cloud::codepipeline {
namespace {

// How often a rule that waits for its time looks again.
constexpr Milliseconds kLookAgain = std::chrono::minutes(1);

bool AnyRule(const json::Object& condition, std::string_view status) {
  const json::Object& rules = condition.GetObject("Rules");
  return std::any_of(rules.begin(), rules.end(), [&](const json::Member& rule) {
    return rule.value.AsObject().GetString("Status") == status;
  });
}

}  // namespace

bool Progress::BeginConditions(const std::string& id, std::string_view part) {
  json::Object& execution = Execution(id);
  const json::Object stage = *FindStage(Plan(execution), execution.GetString("Stage"));
  const json::Array& conditions = stage.GetObject(part).GetArray("conditions");
  if (conditions.empty()) return false;
  execution.Set("Step", part);
  const json::Value now = Timestamp(context_->Now());
  json::Object state{{"Status", "InProgress"}, {"Execution", id}, {"Changed", now}};
  CopyMember(conditions.front().AsObject(), "result", state, "Result");
  for (const json::Value& item : conditions.front().AsObject().GetArray("rules")) {
    const json::Object& rule = item.AsObject();
    const std::string rule_id = NewUuid(context_->random);
    Part(Part(state, "Rules"), rule.GetString("name")) = {{"Id", rule_id},
                                                          {"Status", "InProgress"}};
    json::Object body{{"Execution", id},
                      {"Stage", execution.At("Stage")},
                      {"Part", part},
                      {"Rule", rule.At("name")},
                      {"Version", execution.At("Version")},
                      {"Status", "InProgress"},
                      {"Started", now},
                      {"Updated", now},
                      {"Declaration", rule}};
    context_->store.Put(context_->RegionScope(), kRule,
                        {.id = rule_id,
                         .parent = name(),
                         .name = NewestFirst(NextSequence()),
                         .body = std::move(body)});
    context_->jobs.ScheduleAt(*context_, kRunRuleJob, {{"Pipeline", name()}, {"Rule", rule_id}},
                              context_->Now());
  }
  Part(View(execution.GetString("Stage")), "Conditions").Set(part, state);
  Part(StageOf(execution), "Conditions").Set(part, std::move(state));
  return true;
}

void Progress::EndRule(const std::string& rule_id, const RuleOutcome& outcome) {
  const Record* found = context_->store.Find(context_->RegionScope(), kRule, rule_id);
  if (!found || found->body.GetString("Status") != "InProgress") return;
  Record record = *found;
  json::Object& rule = record.body;
  json::Object& result = Part(rule, "Result");
  result.SetIfNotEmpty("externalExecutionId", outcome.external_id);
  result.SetIfNotEmpty("externalExecutionSummary", outcome.summary);
  if (!outcome.error_message.empty()) {
    result.Set("errorDetails",
               json::Object{{"code", outcome.error_code}, {"message", outcome.error_message}});
  }
  rule.Set("Updated", Timestamp(context_->Now()));
  const std::string id(rule.GetString("Execution"));
  const std::string part(rule.GetString("Part"));
  json::Object& execution = Execution(id);
  const bool wanted = execution.GetString("Step") == part;
  const bool later = outcome.later && wanted;
  if (later) {
    context_->jobs.ScheduleAt(*context_, kRunRuleJob, {{"Pipeline", name()}, {"Rule", rule_id}},
                              context_->Now() + kLookAgain);
  } else {
    rule.Set("Status", !wanted ? "Abandoned" : outcome.succeeded ? "Succeeded" : "Failed");
  }
  json::Object& state = Part(Part(StageOf(execution), "Conditions"), part);
  Part(Part(state, "Rules"), rule.GetString("Rule")).Set("Status", rule.At("Status"));
  context_->store.Put(context_->RegionScope(), kRule, std::move(record));
  if (wanted && !later) SettleConditions(id, part);
}

void Progress::SettleConditions(const std::string& id, std::string_view part) {
  json::Object& execution = Execution(id);
  json::Object& state = Part(Part(StageOf(execution), "Conditions"), part);
  if (AnyRule(state, "InProgress")) return;
  const bool met = !AnyRule(state, "Failed");
  state.Set("Status", met ? "Succeeded" : "Failed");
  state.Set("Changed", Timestamp(context_->Now()));
  const std::string result(state.GetString("Result", "FAIL"));
  Part(View(execution.GetString("Stage")), "Conditions").Set(part, state);
  if (part == "onFailure") return met ? ApplyResult(id, result) : FailForGood(id);
  if (!met) return ApplyResult(id, result);
  if (part == "beforeEntry") return BeginActions(id);
  SucceedStage(id, "Succeeded");
}

// Whoever overrides a condition lets the execution go on as if it had been met.
void Progress::Override(const std::string& id, std::string_view part) {
  json::Object& execution = Execution(id);
  json::Object& state = Part(Part(StageOf(execution), "Conditions"), part);
  state.Set("Status", "Overridden");
  state.Set("Changed", Timestamp(context_->Now()));
  Part(View(execution.GetString("Stage")), "Conditions").Set(part, state);
  json::Array& active = PartList(pipeline(), "Active");
  if (std::ranges::find(active, json::Value(id)) == active.end()) {
    active.emplace_back(id);
    execution.Set("Status", "InProgress");
    TellPipeline(execution, id, "RESUMED");
    SetStage(execution, "InProgress");
    TellStage(execution, id, "RESUMED");
  }
  if (part == "beforeEntry") return BeginActions(id);
  SucceedStage(id, "Succeeded");
}

}  // namespace trunkline::cloud::codepipeline
