// StartBuild and RetryBuild.
#include "cloud/services/codebuild/start_build.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/job_kinds.h"
#include "cloud/services/codebuild/build_events.h"
#include "cloud/services/codebuild/build_state.h"
#include "cloud/services/codebuild/families.h"
#include "cloud/services/codebuild/project.h"
#include "cloud/services/codebuild/records.h"

namespace trunkline::cloud::codebuild {
namespace {

// How long AWS takes to find a machine for a small build.
constexpr std::chrono::seconds kProvisioning{15};

// The limit is a project's own; what an account's quota holds back waits in the queue.
Answer<void> CheckLimit(Context& context, const json::Object& project) {
  if (!project.Has("concurrentBuildLimit")) return {};
  const auto builds = context.store.List(context.RegionScope(), kBuild, project.GetString("name"));
  const auto active = std::ranges::count_if(
      builds, [](const Record* record) { return !IsComplete(record->body.GetObject("build")); });
  const std::int64_t limit = project.GetInt("concurrentBuildLimit");
  if (active < limit) return {};
  return ServiceError("AccountLimitExceededException",
                      fmt::format("Cannot have more than {} active builds for the project {}",
                                  limit, project.GetString("name")));
}

json::Object LogsLocation(const Context& context, const json::Object& project) {
  const json::Object& config = project.GetObject("logsConfig");
  json::Object cloudwatch = config.GetObject("cloudWatchLogs");
  if (cloudwatch.empty()) cloudwatch.Set("status", "ENABLED");
  json::Object s3 = config.GetObject("s3Logs");
  if (s3.empty()) s3 = {{"status", "DISABLED"}, {"encryptionDisabled", false}};
  return {{"deepLink",
           fmt::format("https://console.aws.amazon.com/cloudwatch/home?region={}#logsV2:log-groups",
                       context.region)},
          {"cloudWatchLogs", std::move(cloudwatch)},
          {"s3Logs", std::move(s3)}};
}

json::Array ShownArtifacts(const json::Array& artifacts) {
  json::Array shown;
  for (const json::Value& one : artifacts) {
    shown.push_back(json::Object{
        {"location", ""}, {"artifactIdentifier", one.AsObject().GetString("artifactIdentifier")}});
  }
  return shown;
}

void CopyMembers(const json::Object& project, json::Object& build) {
  for (const std::string_view member :
       {"source", "secondarySources", "secondarySourceVersions", "cache", "environment",
        "serviceRole", "timeoutInMinutes", "queuedTimeoutInMinutes", "vpcConfig", "encryptionKey",
        "fileSystemLocations", "sourceVersion"}) {
    if (const json::Value* value = project.Find(member)) build.Set(member, *value);
  }
}

json::Object ShownBuild(const Context& context, const json::Object& project,
                        const BuildRequest& request, const std::string& id, std::int64_t number) {
  json::Object build{{"id", id},
                     {"arn", Arn(context, "build", id)},
                     {"buildNumber", number},
                     {"startTime", Seconds(context.Now())},
                     {"buildStatus", "IN_PROGRESS"},
                     {"projectName", project.At("name")},
                     {"artifacts", json::Object{{"location", ""}}},
                     {"secondaryArtifacts", ShownArtifacts(project.GetArray("secondaryArtifacts"))},
                     {"logs", LogsLocation(context, project)},
                     {"buildComplete", false},
                     {"initiator", InitiatorOf(context)}};
  CopyMembers(project, build);
  build.SetIfNotEmpty("buildBatchArn", request.batch_arn);
  if (project.Has("autoRetryLimit") || !request.retry_of.empty()) {
    json::Object retry{{"autoRetryLimit", project.GetInt("autoRetryLimit")},
                       {"autoRetryNumber", request.retries}};
    retry.SetIfNotEmpty("previousAutoRetry", request.retry_of);
    build.Set("autoRetryConfig", std::move(retry));
  }
  BeginPhase(build, "SUBMITTED", context.Now());
  EndPhase(build, {}, context.Now());
  BeginPhase(build, "QUEUED", context.Now());
  return build;
}

// CodePipeline's Commands run in the role that the action is in already: nobody assumes it.
bool IsInRole(const Context& context, std::string_view role_arn) {
  const auto role = ParseArn(role_arn);
  if (context.request || !role || role->account != context.caller.account) return false;
  const std::string_view path = role->resource;  // "role/path/name"
  const std::string session = fmt::format(":assumed-role/{}/", path.substr(path.rfind('/') + 1));
  return context.caller.arn.find(session) != std::string::npos;
}

json::Object SettingsOf(const Context& context, const json::Object& project, const Record& record,
                        const BuildRequest& request) {
  json::Object settings{{"artifacts", project.At("artifacts")},
                        {"secondaryArtifacts", project.At("secondaryArtifacts")},
                        {"retries", request.retries},
                        {"projectUuid", record.body.At("uuid")},
                        {"cache", record.body.At("cache")},
                        {"inRole", IsInRole(context, project.GetString("serviceRole"))}};
  settings.SetIfNotEmpty("batchIdentifier", request.batch_identifier);
  return settings;
}

Answer<> StartBuild(Context& context, const json::Object& input) {
  TL_TRY(const std::string before, RecallToken(context, "build", input));
  if (!before.empty()) {
    TL_TRY(const Record* record, FindBuild(context, before));
    return json::Object{{"build", record->body.At("build")}};
  }
  BuildRequest request;
  request.input = input;
  TL_TRY(json::Object build, NewBuild(context, request));
  RememberToken(context, "build", input, build.GetString("id"));
  return json::Object{{"build", std::move(build)}};
}

Answer<> RetryBuild(Context& context, const json::Object& input) {
  if (input.GetString("id").empty()) return InvalidInput("Invalid build ID: it must not be empty");
  TL_TRY(const std::string before, RecallToken(context, "retry", input));
  TL_TRY(const Record* record, FindBuild(context, before.empty() ? input.GetString("id") : before));
  if (!before.empty()) return json::Object{{"build", record->body.At("build")}};
  const json::Object& old = record->body.GetObject("build");
  if (!IsComplete(old)) return InvalidInput("The build cannot be retried: it is still in progress");
  BuildRequest request;
  request.input = record->body.GetObject("input");
  request.batch_arn = old.GetString("buildBatchArn");
  request.batch_identifier = record->body.GetObject("settings").GetString("batchIdentifier");
  TL_TRY(json::Object build, NewBuild(context, request));
  RememberToken(context, "retry", input, build.GetString("id"));
  return json::Object{{"build", std::move(build)}};
}

constexpr Operation kOperations[] = {
    {.name = "RetryBuild", .handle = RetryBuild},
    {.name = "StartBuild", .handle = StartBuild},
};
static_assert(InOrder(kOperations));

}  // namespace

std::string InitiatorOf(const Context& context) {
  const Caller& caller = context.caller;
  constexpr std::string_view kPipeline = "codepipeline/";
  if (!context.request && caller.session_name.starts_with(kPipeline)) return caller.session_name;
  // "arn:aws:iam::...:user/path/Name", "...:assumed-role/Role/Session", "...:root"
  const std::string_view arn = caller.arn;
  if (const std::size_t role = arn.find(":assumed-role/"); role != std::string_view::npos)
    return std::string(arn.substr(role + std::string_view(":assumed-role/").size()));
  const std::size_t last = arn.find_last_of(":/");
  return std::string(last == std::string_view::npos ? arn : arn.substr(last + 1));
}

Answer<> NewBuild(Context& context, const BuildRequest& request) {
  TL_TRY(const Record* found, FindProject(context, request.input.GetString("projectName")));
  Record record = *found;
  TL_TRY(const json::Object project,
         ApplyOverrides(context, record.body.GetObject("project"), request.input));
  TL_DO(CheckLimit(context, project));
  const std::int64_t number = record.body.GetInt("builds") + 1;
  record.body.Set("builds", number);
  const std::string id = record.id + ":" + NewUuid(context.random);
  json::Object build = ShownBuild(context, project, request, id, number);
  json::Object body{{"build", build},
                    {"settings", SettingsOf(context, project, record, request)},
                    {"input", request.input}};
  context.store.Put(context.RegionScope(), kBuild,
                    {.id = id,
                     .parent = record.id,
                     .name = SortName(context.Now(), number),
                     .body = std::move(body)});
  context.store.Put(context.RegionScope(), kProject, std::move(record));
  TellOfChange(context, {}, build);
  context.jobs.Schedule(context, kRunBuildJob, {{"id", id}}, kProvisioning);
  return build;
}

constinit const Family kStartOperations = kOperations;

}  // namespace trunkline::cloud::codebuild
