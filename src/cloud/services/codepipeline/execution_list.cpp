// GetPipelineExecution and ListPipelineExecutions.
#include "cloud/services/codepipeline/families.h"
#include "cloud/services/codepipeline/paging.h"

namespace trunkline::cloud::codepipeline {
namespace {

constexpr std::size_t kPage = 100;

// What both show.
json::Object ToSummary(const Record& execution) {
  const json::Object& body = execution.body;
  json::Object summary{{"pipelineExecutionId", execution.id},
                       {"status", body.At("Status")},
                       {"trigger", body.At("Trigger")},
                       {"executionMode", body.At("Mode")},
                       {"executionType", body.At("Type")}};
  summary.SetIfNotEmpty("statusSummary", body.GetString("StatusSummary"));
  if (body.Has("RollbackTarget")) {
    summary.Set("rollbackMetadata",
                json::Object{{"rollbackTargetPipelineExecutionId", body.At("RollbackTarget")}});
  }
  return summary;
}

Answer<> GetPipelineExecution(Context& context, const json::Object& input) {
  const std::string_view name = input.GetString("pipelineName");
  TL_TRY(const Record* pipeline, FindPipeline(context, name));
  TL_TRY(const Record* found,
         FindExecution(context, pipeline->id, input.GetString("pipelineExecutionId")));
  json::Object execution = ToSummary(*found);
  execution.Set("pipelineName", name);
  execution.Set("pipelineVersion", found->body.At("Version"));
  json::Array revisions = found->body.GetArray("Revisions");
  for (json::Value& revision : revisions) revision.AsObject().Remove("actionName");
  execution.Set("artifactRevisions", std::move(revisions));
  if (const json::Array& variables = found->body.GetArray("Variables"); !variables.empty())
    execution.Set("variables", variables);
  return json::Object{{"pipelineExecution", std::move(execution)}};
}

json::Array ToSourceRevisions(const json::Array& revisions) {
  json::Array list;
  for (const json::Value& item : revisions) {
    json::Object one;
    for (const std::string_view key :
         {"actionName", "revisionId", "revisionSummary", "revisionUrl"}) {
      CopyMember(item.AsObject(), key, one);
    }
    list.emplace_back(std::move(one));
  }
  return list;
}

Answer<> ListPipelineExecutions(Context& context, const json::Object& input) {
  TL_TRY(const Record* pipeline, FindPipeline(context, input.GetString("pipelineName")));
  const std::string stage(
      input.GetObject("filter").GetObject("succeededInStage").GetString("stageName"));
  RecordFilter filter;
  if (!stage.empty()) {
    filter.text = stage;
    filter.keep = [stage](const Record& record) {
      return record.body.GetObject("Stages").GetObject(stage).GetString("Status") == "Succeeded";
    };
  }
  TL_TRY(const RecordPage page,
         ListRecords(context, kExecution, pipeline->id, input, kPage, filter));
  json::Array summaries;
  for (const Record* record : page.records) {
    json::Object summary = ToSummary(*record);
    summary.Set("startTime", record->body.At("Started"));
    summary.Set("lastUpdateTime", record->body.At("Updated"));
    summary.Set("sourceRevisions", ToSourceRevisions(record->body.GetArray("Revisions")));
    CopyMember(record->body, "Stop", summary, "stopTrigger");
    summaries.emplace_back(std::move(summary));
  }
  json::Object answer{{"pipelineExecutionSummaries", std::move(summaries)}};
  answer.SetIfNotEmpty("nextToken", page.next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "GetPipelineExecution", .handle = GetPipelineExecution},
    {.name = "ListPipelineExecutions", .handle = ListPipelineExecutions},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kExecutionListOperations = kOperations;

}  // namespace trunkline::cloud::codepipeline
