// Build batches: started, shown, listed, stopped, tried again, deleted.
#include <fmt/format.h>

#include "cloud/engine.h"
#include "cloud/job_kinds.h"
#include "cloud/services/codebuild/batch_state.h"
#include "cloud/services/codebuild/families.h"
#include "cloud/services/codebuild/listing.h"
#include "cloud/services/codebuild/records.h"
#include "cloud/services/codebuild/running_builds.h"
#include "cloud/services/codebuild/start_build.h"
#include "cloud/wait.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr std::chrono::seconds kStartDelay{5};

json::Object ShownBatch(const Context& context, const json::Object& project, const std::string& id,
                        std::int64_t number) {
  json::Object batch{{"id", id},
                     {"arn", Arn(context, "build-batch", id)},
                     {"startTime", Seconds(context.Now())},
                     {"buildBatchStatus", "IN_PROGRESS"},
                     {"projectName", project.At("name")},
                     {"complete", false},
                     {"initiator", InitiatorOf(context)},
                     {"buildBatchNumber", number},
                     {"buildTimeoutInMinutes", project.GetInt("timeoutInMinutes")},
                     {"buildGroups", json::Array()},
                     {"artifacts", json::Object{{"location", ""}}}};
  for (const std::string_view member :
       {"source", "secondarySources", "secondarySourceVersions", "cache", "environment",
        "serviceRole", "queuedTimeoutInMinutes", "vpcConfig", "encryptionKey", "sourceVersion",
        "fileSystemLocations", "buildBatchConfig"}) {
    if (const json::Value* value = project.Find(member)) batch.Set(member, *value);
  }
  if (const json::Value* logs = project.Find("logsConfig")) batch.Set("logConfig", *logs);
  BeginPhase(batch, "SUBMITTED", context.Now());
  return batch;
}

Answer<json::Object> NewBatch(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindProject(context, input.GetString("projectName")));
  Record record = *found;
  TL_TRY(const json::Object project,
         ApplyOverrides(context, record.body.GetObject("project"), input));
  if (project.GetObject("buildBatchConfig").GetString("serviceRole").empty()) {
    return InvalidInput(
        "Invalid build batch config: the project has no service role for build batches");
  }
  const std::int64_t number = record.body.GetInt("batches") + 1;
  record.body.Set("batches", number);
  const std::string id = record.id + ":" + NewUuid(context.random);
  json::Object batch = ShownBatch(context, project, id, number);
  json::Object body{{"batch", batch}, {"input", input}};
  context.store.Put(context.RegionScope(), kBatch,
                    {.id = id,
                     .parent = record.id,
                     .name = SortName(context.Now(), number),
                     .body = std::move(body)});
  context.store.Put(context.RegionScope(), kProject, std::move(record));
  context.jobs.Schedule(context, kRunBuildBatchJob, {{"id", id}}, kStartDelay);
  return batch;
}

Answer<> StartBuildBatch(Context& context, const json::Object& input) {
  TL_TRY(const std::string before, RecallToken(context, "batch", input));
  if (!before.empty()) {
    TL_TRY(const Record* record, FindBatch(context, before));
    return json::Object{{"buildBatch", record->body.At("batch")}};
  }
  TL_TRY(json::Object batch, NewBatch(context, input));
  RememberToken(context, "batch", input, batch.GetString("id"));
  return json::Object{{"buildBatch", std::move(batch)}};
}

// Groups whose build is to be run again get none, and the former goes to the list of those before.
void ResetGroups(json::Object& batch, bool all) {
  for (json::Value& value : batch["buildGroups"].AsArray()) {
    json::Object& group = value.AsObject();
    const json::Object summary = group.GetObject("currentBuildSummary");
    if (!all && summary.GetString("buildStatus") == "SUCCEEDED") continue;
    group.Remove("currentBuildSummary");
    if (summary.empty()) continue;
    if (!group.Has("priorBuildSummaryList")) group.Set("priorBuildSummaryList", json::Array());
    group["priorBuildSummaryList"].AsArray().emplace_back(summary);
  }
}

Answer<> RetryBuildBatch(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindBatch(context, input.GetString("id")));
  Record record = *found;
  json::Object& batch = record.body["batch"].AsObject();
  if (!batch.GetBool("complete") || batch.GetString("buildBatchStatus") == "SUCCEEDED")
    return InvalidInput("Only a build batch that has failed or was stopped can be retried");
  ResetGroups(batch, input.GetString("retryType", "RETRY_ALL_BUILDS") == "RETRY_ALL_BUILDS");
  batch.Set("complete", false);
  batch.Set("buildBatchStatus", "IN_PROGRESS");
  batch.Remove("endTime");
  BeginPhase(batch, record.body.Has("parts") ? "IN_PROGRESS" : "SUBMITTED", context.Now());
  json::Object shown = batch;
  const std::string id = record.id;
  context.store.Put(context.RegionScope(), kBatch, std::move(record));
  context.jobs.Schedule(context, kRunBuildBatchJob, {{"id", id}}, kStartDelay);
  return json::Object{{"buildBatch", std::move(shown)}};
}

Answer<> BatchGetBuildBatches(Context& context, const json::Object& input) {
  json::Array batches;
  json::Array missing;
  for (const json::Value& id : input.GetArray("ids")) {
    const Answer<const Record*> found = FindBatch(context, id.AsString());
    if (found) {
      batches.push_back((*found)->body.At("batch"));
    } else {
      missing.push_back(id);
    }
  }
  return json::Object{{"buildBatches", std::move(batches)},
                      {"buildBatchesNotFound", std::move(missing)}};
}

Answer<> List(Context& context, std::string_view listing, std::string_view project,
              const json::Object& input) {
  const std::string_view status = input.GetObject("filter").GetString("status");
  std::vector<Listed> items;
  for (const Record* record : context.store.List(context.RegionScope(), kBatch, project)) {
    const json::Object& batch = record->body.GetObject("batch");
    if (status.empty() || batch.GetString("buildBatchStatus") == status)
      items.push_back({.key = record->name + record->id, .id = record->id});
  }
  return ListIds({.name = listing, .member = "ids", .newest_first = true}, std::move(items), input);
}

Answer<> ListBuildBatches(Context& context, const json::Object& input) {
  return List(context, "ListBuildBatches", "", input);
}

Answer<> ListBuildBatchesForProject(Context& context, const json::Object& input) {
  if (input.GetString("projectName").empty()) return List(context, "ListBuildBatches", "", input);
  TL_TRY(const Record* project, FindProject(context, input.GetString("projectName")));
  return List(context, "ListBuildBatchesForProject:" + project->id, project->id, input);
}

std::vector<std::string> BuildsOf(Context& context, std::string_view batch_arn) {
  std::vector<std::string> ids;
  for (const Record* record : context.store.List(context.RegionScope(), kBuild)) {
    if (record->body.GetObject("build").GetString("buildBatchArn") == batch_arn)
      ids.push_back(record->id);
  }
  return ids;
}

net::aw<Answer<>> StopBuildBatch(WaitContext context, json::Object input) {
  std::vector<std::string> builds;
  Answer<> answer = context.State([&](Context& state) -> Answer<> {
    TL_TRY(const Record* found, FindBatch(state, input.GetString("id")));
    const std::string id = found->id;
    builds = BuildsOf(state, found->body.GetObject("batch").GetString("arn"));
    const PhaseEnd stopped{.status = "STOPPED", .code = {}, .message = {}};
    ChangeBatch(state, id, [&](json::Object& body) {
      CompleteBatch(body["batch"].AsObject(), stopped, "STOPPED", state.Now());
    });
    for (const std::string& build : builds) {
      ChangeBuild(state, build, [&](json::Object& shown) {
        CompleteBuild(shown, stopped, "STOPPED", state.Now());
      });
    }
    TL_TRY(const Record* after, FindBatch(state, id));
    return json::Object{{"buildBatch", after->body.At("batch")}};
  });
  if (answer) {
    for (const std::string& build : builds) context.engine().Get<RunningBuilds>().Stop(build);
  }
  co_return answer;
}

Answer<> DeleteBuildBatch(Context& context, const json::Object& input) {
  const Answer<const Record*> found = FindBatch(context, input.GetString("id"));
  if (!found)
    return json::Object{{"statusCode", "BATCH_NOT_FOUND"}, {"buildsDeleted", json::Array()}};
  const json::Object& batch = (*found)->body.GetObject("batch");
  if (!batch.GetBool("complete"))
    return InvalidInput("Cannot delete a build batch that is in progress: stop it first");
  const std::string id = (*found)->id;
  json::Array deleted;
  for (const std::string& build : BuildsOf(context, batch.GetString("arn"))) {
    deleted.emplace_back(Arn(context, "build", build));
    context.store.Delete(context.RegionScope(), kBuild, build);
  }
  context.store.Delete(context.RegionScope(), kBatch, id);
  return json::Object{{"statusCode", "DELETED"},
                      {"buildsDeleted", std::move(deleted)},
                      {"buildsNotDeleted", json::Array()}};
}

constexpr WaitHandler kStopBuildBatch{StopBuildBatch};

constexpr Operation kOperations[] = {
    {.name = "BatchGetBuildBatches", .handle = BatchGetBuildBatches},
    {.name = "DeleteBuildBatch", .handle = DeleteBuildBatch},
    {.name = "ListBuildBatches", .handle = ListBuildBatches},
    {.name = "ListBuildBatchesForProject", .handle = ListBuildBatchesForProject},
    {.name = "RetryBuildBatch", .handle = RetryBuildBatch},
    {.name = "StartBuildBatch", .handle = StartBuildBatch},
    {.name = "StopBuildBatch", .wait = &kStopBuildBatch},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kBatchOperations = kOperations;

}  // namespace trunkline::cloud::codebuild
