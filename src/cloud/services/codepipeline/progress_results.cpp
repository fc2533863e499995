// What actions answer with, written down.
#include "cloud/jobs.h"
#include "cloud/services/codepipeline/progress.h"

namespace trunkline::cloud::codepipeline {
namespace {

// What ListActionExecutions and GetPipelineState show of an external execution.
void Show(json::Object& action, const ActionOutcome& outcome) {
  json::Object& result = Part(action, "Result");
  result.SetIfNotEmpty("externalExecutionId", outcome.external_id);
  result.SetIfNotEmpty("externalExecutionUrl", outcome.external_url);
  result.SetIfNotEmpty("externalExecutionSummary", outcome.summary);
  result.SetIfNotEmpty("logStreamARN", outcome.log_stream_arn);
  if (!outcome.error_message.empty()) {
    result.Set("errorDetails",
               json::Object{{"code", outcome.error_code}, {"message", outcome.error_message}});
  }
  if (!outcome.outputs.empty()) action.Set("Outputs", outcome.outputs);
  if (!outcome.variables.empty()) action.Set("Variables", outcome.variables);
  if (!outcome.revision.empty()) action.Set("Revision", outcome.revision);
}

std::string_view StatusOf(const ActionOutcome& outcome) {
  if (outcome.succeeded) return "Succeeded";
  return outcome.error_code == "Abandoned" ? "Abandoned" : "Failed";
}

}  // namespace

void Progress::CollectOutputs(json::Object& execution, const json::Object& action,
                              const ActionOutcome& outcome) {
  const json::Object& declared = action.GetObject("Declaration");
  const std::string region(declared.GetString("region", context_->region));
  for (const json::Value& item : outcome.outputs) {
    const json::Object& output = item.AsObject();
    json::Object& artifact = Part(Part(execution, "Artifacts"), output.GetString("name"));
    artifact = {{"Places", json::Object{{region, output.At("s3location")}}}};
    CopyMember(outcome.revision, "revisionId", artifact, "Revision");
    if (outcome.revision.empty()) continue;
    json::Object revision = outcome.revision;
    revision.Set("name", output.At("name"));
    revision.Set("actionName", action.At("Action"));
    json::Array& revisions = PartList(execution, "Revisions");
    std::erase_if(revisions, [&](const json::Value& one) {
      return one.AsObject().GetString("name") == output.GetString("name");
    });
    revisions.emplace_back(std::move(revision));
  }
  if (outcome.revision.Has("revisionId")) {
    Part(pipeline(), "Seen").Set(action.GetString("Action"), outcome.revision.At("revisionId"));
  }
  const std::string_view space = declared.GetString("namespace");
  if (!space.empty()) Part(execution, "Spaces").Set(space, outcome.variables);
}

void Progress::EndAction(const std::string& action_id, const ActionOutcome& outcome,
                         std::string_view updated_by) {
  const Record* found = context_->store.Find(context_->RegionScope(), kAction, action_id);
  if (!found || found->body.GetString("Status") != "InProgress") return;
  Record record = *found;
  json::Object& action = record.body;
  Show(action, outcome);
  action.Set("Updated", Timestamp(context_->Now()));
  action.SetIfNotEmpty("UpdatedBy", updated_by);
  if (outcome.pending) {
    context_->store.Put(context_->RegionScope(), kAction, std::move(record));
    return;
  }
  const std::string_view status = StatusOf(outcome);
  action.Set("Status", status);
  if (action.Has("Token")) {
    // Kept, so that a second answer is told from a wrong one.
    CopyMember(action, "Token", action, "UsedToken");
    action.Remove("Token");
  }
  context_->jobs.Cancel(*context_, action.GetString("Limit"));
  const std::string id(action.GetString("Execution"));
  json::Object& execution = Execution(id);
  Part(Part(StageOf(execution), "Actions"), action.GetString("Action")).Set("Status", status);
  if (outcome.succeeded) CollectOutputs(execution, action, outcome);
  TellAction(execution, id, action,
             outcome.succeeded       ? "SUCCEEDED"
             : status == "Abandoned" ? "ABANDONED"
                                     : "FAILED");
  context_->store.Put(context_->RegionScope(), kAction, std::move(record));
  Settle(id);
}

}  // namespace trunkline::cloud::codepipeline
