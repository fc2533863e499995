// What ran: ListActionExecutions, ListRuleExecutions, ListDeployActionExecutionTargets.
#include <set>

#include "cloud/services/codepipeline/families.h"
#include "cloud/services/codepipeline/paging.h"

namespace trunkline::cloud::codepipeline {
namespace {

constexpr std::size_t kPage = 100;

// Which of an execution's runs are wanted: all, or the newest of each action.
struct Wanted {
  std::string execution;
  bool latest = false;
};

Answer<Wanted> ReadFilter(Context& context, std::string_view pipeline, const json::Object& input) {
  const json::Object& filter = input.GetObject("filter");
  const json::Object& in_execution = filter.GetObject("latestInPipelineExecution");
  Wanted wanted{.execution = std::string(filter.GetString(
                    "pipelineExecutionId", in_execution.GetString("pipelineExecutionId"))),
                .latest = in_execution.GetString("startTimeRange") == "Latest"};
  if (!wanted.execution.empty()) TL_DO(FindExecution(context, pipeline, wanted.execution));
  return wanted;
}

std::string NameOf(const Record& record, std::string_view key) {
  return fmt::format("{}/{}", record.body.GetString("Stage"), record.body.GetString(key));
}

// The ids of an execution's runs. They come newest first, so the first of a name is the latest.
std::set<std::string> IdsOf(Context& context, Kind kind, std::string_view pipeline,
                            const Wanted& wanted, std::string_view name_key) {
  std::set<std::string> ids;
  std::set<std::string> names;
  for (const Record* record : context.store.List(context.RegionScope(), kind, pipeline)) {
    if (record->body.GetString("Execution") != wanted.execution) continue;
    const bool first = names.insert(NameOf(*record, name_key)).second;
    if (first || !wanted.latest) ids.insert(record->id);
  }
  return ids;
}

Answer<RecordPage> ListRuns(Context& context, Kind kind, const json::Object& input,
                            std::string_view name_key) {
  TL_TRY(const Record* pipeline, FindPipeline(context, input.GetString("pipelineName")));
  TL_TRY(const Wanted wanted, ReadFilter(context, pipeline->id, input));
  if (wanted.execution.empty()) return ListRecords(context, kind, pipeline->id, input, kPage);
  RecordFilter filter{.text = fmt::format("{} {}", wanted.execution, wanted.latest), .keep = {}};
  filter.keep = [ids = IdsOf(context, kind, pipeline->id, wanted, name_key)](const Record& record) {
    return ids.contains(record.id);
  };
  return ListRecords(context, kind, pipeline->id, input, kPage, filter);
}

json::Object ToInput(const Context& context, const json::Object& body) {
  const json::Object& declared = body.GetObject("Declaration");
  json::Object input;
  for (const std::string_view key :
       {"actionTypeId", "ruleTypeId", "configuration", "roleArn", "namespace"}) {
    CopyMember(declared, key, input);
  }
  input.Set("region", declared.GetString("region", context.region));
  CopyMember(body, "Resolved", input, "resolvedConfiguration");
  json::Array artifacts = body.GetArray("Inputs");
  for (json::Value& artifact : artifacts) artifact.AsObject().Remove("revision");
  input.Set("inputArtifacts", std::move(artifacts));
  return input;
}

// What both kinds of runs show.
json::Object ToDetail(const Context& context, const Record& record) {
  const json::Object& body = record.body;
  json::Object detail{{"pipelineExecutionId", body.At("Execution")},
                      {"pipelineVersion", body.At("Version")},
                      {"stageName", body.At("Stage")},
                      {"startTime", body.At("Started")},
                      {"lastUpdateTime", body.At("Updated")},
                      {"status", body.At("Status")},
                      {"input", ToInput(context, body)}};
  CopyMember(body, "UpdatedBy", detail, "updatedBy");
  return detail;
}

Answer<> ListActionExecutions(Context& context, const json::Object& input) {
  TL_TRY(const RecordPage page, ListRuns(context, kAction, input, "Action"));
  json::Array details;
  for (const Record* record : page.records) {
    json::Object detail = ToDetail(context, *record);
    detail.Set("actionExecutionId", record->id);
    detail.Set("actionName", record->body.At("Action"));
    json::Object output{{"outputArtifacts", record->body.GetArray("Outputs")},
                        {"executionResult", record->body.GetObject("Result")},
                        {"outputVariables", record->body.GetObject("Variables")}};
    detail.Set("output", std::move(output));
    details.emplace_back(std::move(detail));
  }
  json::Object answer{{"actionExecutionDetails", std::move(details)}};
  answer.SetIfNotEmpty("nextToken", page.next);
  return answer;
}

Answer<> ListRuleExecutions(Context& context, const json::Object& input) {
  TL_TRY(const RecordPage page, ListRuns(context, kRule, input, "Rule"));
  json::Array details;
  for (const Record* record : page.records) {
    json::Object detail = ToDetail(context, *record);
    detail.Set("ruleExecutionId", record->id);
    detail.Set("ruleName", record->body.At("Rule"));
    detail.Set("output", json::Object{{"executionResult", record->body.GetObject("Result")}});
    details.emplace_back(std::move(detail));
  }
  json::Object answer{{"ruleExecutionDetails", std::move(details)}};
  answer.SetIfNotEmpty("nextToken", page.next);
  return answer;
}

// Only deployments to instances have targets, and none of the actions here is one.
Answer<> ListDeployActionExecutionTargets(Context& context, const json::Object& input) {
  const std::string_view id = input.GetString("actionExecutionId");
  const Record* action = context.store.Find(context.RegionScope(), kAction, id);
  if (input.Has("pipelineName")) TL_DO(FindPipeline(context, input.GetString("pipelineName")));
  if (!action || (input.Has("pipelineName") && action->parent != input.GetString("pipelineName"))) {
    return ServiceError("ActionExecutionNotFoundException",
                        fmt::format("The action execution {} does not exist", id));
  }
  return json::Object{{"targets", json::Array()}};
}

constexpr Operation kOperations[] = {
    {.name = "ListActionExecutions", .handle = ListActionExecutions},
    {.name = "ListDeployActionExecutionTargets", .handle = ListDeployActionExecutionTargets},
    {.name = "ListRuleExecutions", .handle = ListRuleExecutions},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kActionExecutionOperations = kOperations;

}  // namespace trunkline::cloud::codepipeline
