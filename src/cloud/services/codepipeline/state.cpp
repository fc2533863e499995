// GetPipelineState: every stage with its latest execution, its actions and conditions.
#include <algorithm>

#include "cloud/services/codepipeline/families.h"
#include "cloud/services/codepipeline/records.h"

namespace trunkline::cloud::codepipeline {
namespace {

// The members of ActionExecution and RuleExecution that an external execution gives.
void SetResult(const json::Object& result, json::Object& shown) {
  for (const std::string_view key :
       {"externalExecutionId", "externalExecutionUrl", "errorDetails", "logStreamARN"}) {
    CopyMember(result, key, shown);
  }
  CopyMember(result, "externalExecutionSummary", shown, "summary");
}

json::Object ToActionState(Context& context, const json::Object& action,
                           const json::Object& latest) {
  json::Object state{{"actionName", action.At("name")}};
  const Record* record = context.store.Find(context.RegionScope(), kAction,
                                            latest.GetString(action.GetString("name")));
  if (!record) return state;
  const json::Object& body = record->body;
  json::Object execution{{"actionExecutionId", record->id},
                         {"status", body.At("Status")},
                         {"lastStatusChange", body.At("Updated")}};
  CopyMember(body, "Token", execution, "token");
  CopyMember(body, "UpdatedBy", execution, "lastUpdatedBy");
  SetResult(body.GetObject("Result"), execution);
  state.Set("latestExecution", std::move(execution));
  const json::Object& revision = body.GetObject("Revision");
  if (revision.Has("revisionId")) {
    json::Object current{{"revisionId", revision.At("revisionId")},
                         {"revisionChangeId", revision.GetString("revisionChangeIdentifier",
                                                                 revision.GetString("revisionId"))},
                         {"created", body.At("Updated")}};
    CopyMember(revision, "created", current);
    state.Set("currentRevision", std::move(current));
    CopyMember(revision, "revisionUrl", state);
  }
  return state;
}

json::Object ToRuleState(Context& context, const json::Member& rule) {
  json::Object state{{"ruleName", rule.key}};
  const Record* record =
      context.store.Find(context.RegionScope(), kRule, rule.value.AsObject().GetString("Id"));
  if (!record) return state;
  json::Object execution{{"ruleExecutionId", record->id},
                         {"status", record->body.At("Status")},
                         {"lastStatusChange", record->body.At("Updated")}};
  SetResult(record->body.GetObject("Result"), execution);
  state.Set("latestExecution", std::move(execution));
  return state;
}

json::Object ToConditionState(Context& context, const json::Object& condition) {
  json::Array rules;
  for (const json::Member& rule : condition.GetObject("Rules"))
    rules.emplace_back(ToRuleState(context, rule));
  json::Object latest{{"status", condition.At("Status")},
                      {"lastStatusChange", condition.At("Changed")}};
  json::Array states;
  states.emplace_back(
      json::Object{{"latestExecution", std::move(latest)}, {"ruleStates", std::move(rules)}});
  return {{"latestExecution", json::Object{{"status", condition.At("Status")}}},
          {"conditionStates", std::move(states)}};
}

void SetInbound(Context& context, const Record& pipeline, std::string_view stage,
                json::Object& state) {
  json::Array waiting;
  for (const json::Value& id : pipeline.body.GetArray("Active")) {
    const Record* record = context.store.Find(context.RegionScope(), kExecution, id.AsString());
    if (record->body.GetString("Stage") != stage || record->body.GetString("Step") != "Waiting")
      continue;
    waiting.emplace_back(json::Object{{"pipelineExecutionId", record->id},
                                      {"status", "InProgress"},
                                      {"type", record->body.At("Type")}});
  }
  if (waiting.empty()) return;
  state.Set("inboundExecution", waiting.front());
  state.Set("inboundExecutions", std::move(waiting));
}

json::Object ToStageState(Context& context, const Record& pipeline, const json::Object& stage) {
  const std::string_view name = stage.GetString("name");
  const json::Object& view = pipeline.body.GetObject("Stages").GetObject(name);
  json::Object state{{"stageName", name}};
  SetInbound(context, pipeline, name, state);
  json::Object transition = view.GetObject("Transition");
  if (transition.empty()) transition.Set("enabled", true);
  state.Set("inboundTransitionState", std::move(transition));
  json::Array actions;
  for (const json::Value& action : stage.GetArray("actions")) {
    actions.emplace_back(ToActionState(context, action.AsObject(), view.GetObject("Actions")));
  }
  state.Set("actionStates", std::move(actions));
  CopyMember(view, "Latest", state, "latestExecution");
  for (const json::Member& part : view.GetObject("Conditions")) {
    state.Set(part.key + "ConditionState", ToConditionState(context, part.value.AsObject()));
  }
  CopyMember(view, "Retry", state, "retryStageMetadata");
  return state;
}

Answer<> GetPipelineState(Context& context, const json::Object& input) {
  TL_TRY(const Record* pipeline, FindPipeline(context, input.GetString("name")));
  json::Array stages;
  for (const json::Value& stage : DeclarationOf(*pipeline).GetArray("stages"))
    stages.emplace_back(ToStageState(context, *pipeline, stage.AsObject()));
  return json::Object{{"pipelineName", pipeline->id},
                      {"pipelineVersion", DeclarationOf(*pipeline).At("version")},
                      {"stageStates", std::move(stages)},
                      {"created", pipeline->body.At("Created")},
                      {"updated", pipeline->body.At("Updated")}};
}

constexpr Operation kOperations[] = {
    {.name = "GetPipelineState", .handle = GetPipelineState},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kStateOperations = kOperations;

}  // namespace trunkline::cloud::codepipeline
