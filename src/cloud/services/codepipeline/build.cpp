#include "cloud/services/codepipeline/build.h"

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/services/codepipeline/artifacts.h"
#include "cloud/services/codepipeline/records.h"

namespace trunkline::cloud::codepipeline {
namespace {

// The text of a reference that a CODEBUILD_CLONE_REF source made (connection_source.cpp) is short.
constexpr std::int64_t kLongestReference = 4096;

std::string Path(const json::Object& location) {
  return fmt::format("{}/{}", location.GetString("bucket"), location.GetString("key"));
}

// The repository an artifact refers to, or an empty object when it holds the files themselves.
json::Object ReferenceOf(const ActionOrder& order, const json::Object& location) {
  const json::Object input{{"Bucket", location.GetString("bucket")},
                           {"Key", location.GetString("key")}};
  // As the pipeline itself: the action's role need not be able to read what CodeBuild is handed.
  const Answer<> head = order.context.Dispatch("s3", "HeadObject", input);
  if (!head || head->GetInt("ContentLength") > kLongestReference) return {};
  const Answer<> object = order.context.Dispatch("s3", "GetObject", input);
  const Result<json::Value> read = json::Parse(object ? object->GetString("Body") : "");
  if (!read || !read->IsObject() || !read->AsObject().Has("FullRepositoryId")) return {};
  return read->AsObject();
}

std::string RepositoryUrl(const json::Object& reference) {
  return fmt::format("https://github.com/{}.git", reference.GetString("FullRepositoryId"));
}

json::Object AuthOf(const json::Object& reference) {
  return {{"type", "CODECONNECTIONS"}, {"resource", reference.GetString("ConnectionArn")}};
}

void AddSource(const ActionOrder& order, const json::Object& input, json::Object& start) {
  const json::Object& location = input.GetObject("s3location");
  if (const json::Object reference = ReferenceOf(order, location); !reference.empty()) {
    start.Set("sourceTypeOverride", "GITHUB");
    start.Set("sourceLocationOverride", RepositoryUrl(reference));
    start.Set("sourceAuthOverride", AuthOf(reference));
    start.Set("sourceVersion", reference.GetString("CommitId"));
    return;
  }
  start.Set("sourceTypeOverride", "S3");
  start.Set("sourceLocationOverride", Path(location));
}

void AddSecondary(const ActionOrder& order, const json::Object& input, json::Object& start) {
  const json::Object& location = input.GetObject("s3location");
  json::Object source{{"sourceIdentifier", input.GetString("name")}};
  if (const json::Object reference = ReferenceOf(order, location); !reference.empty()) {
    source.Set("type", "GITHUB");
    source.Set("location", RepositoryUrl(reference));
    source.Set("auth", AuthOf(reference));
    PartList(start, "secondarySourcesVersionOverride")
        .emplace_back(json::Object{{"sourceIdentifier", input.GetString("name")},
                                   {"sourceVersion", reference.GetString("CommitId")}});
  } else {
    source.Set("type", "S3");
    source.Set("location", Path(location));
  }
  PartList(start, "secondarySourcesOverride").emplace_back(std::move(source));
}

// "pipeline/artifact/random" as a folder and a name.
json::Object ToProjectArtifacts(const json::Object& place) {
  const std::string_view key = place.GetString("key");
  const std::size_t slash = key.rfind('/');
  return {{"type", "S3"},
          {"location", place.GetString("bucket")},
          {"path", key.substr(0, slash)},
          {"name", key.substr(slash + 1)},
          {"namespaceType", "NONE"},
          {"packaging", "ZIP"}};
}

void AddOutputs(const ActionOrder& order, BuildInput& input) {
  const json::Array& declared = order.declaration.GetArray("outputArtifacts");
  for (const json::Value& item : declared) {
    const std::string name(item.AsObject().GetString("name"));
    json::Object place{{"bucket", order.store.GetString("location")},
                       {"key", NewArtifactKey(order.context.random(), order.pipeline, name)}};
    json::Object artifacts = ToProjectArtifacts(place);
    input.outputs.emplace_back(json::Object{{"name", name}, {"s3location", std::move(place)}});
    if (declared.size() == 1) {
      input.start.Set("artifactsOverride", std::move(artifacts));
      continue;
    }
    artifacts.Set("artifactIdentifier", name);
    PartList(input.start, "secondaryArtifactsOverride").emplace_back(std::move(artifacts));
  }
  if (declared.size() != 1)
    input.start.Set("artifactsOverride", json::Object{{"type", "NO_ARTIFACTS"}});
}

struct Names {
  std::string_view start;
  std::string_view started;  // the member of its answer
  std::string_view get;
  std::string_view got;
  std::string_view status;
};
constexpr Names kBuild{"StartBuild", "build", "BatchGetBuilds", "builds", "buildStatus"};
constexpr Names kBatch{"StartBuildBatch", "buildBatch", "BatchGetBuildBatches", "buildBatches",
                       "buildBatchStatus"};

std::string Url(const ActionOrder& order, const std::string& id) {
  return fmt::format("https://console.aws.amazon.com/codebuild/home?region={}#/builds/{}/view/new",
                     order.actor.region(), id);
}

// The phase that failed, as CodePipeline tells it.
std::string FailureText(const json::Object& build, std::string_view status) {
  std::string text = fmt::format("Build terminated with state: {}.", status);
  for (const json::Value& item : build.GetArray("phases")) {
    const json::Object& phase = item.AsObject();
    const std::string_view how = phase.GetString("phaseStatus");
    if (how.empty() || how == "SUCCEEDED" || phase.GetArray("contexts").empty()) continue;
    const json::Object& why = phase.GetArray("contexts").front().AsObject();
    return text + fmt::format(" Phase: {}, Code: {}, Message: {}", phase.GetString("phaseType"),
                              why.GetString("statusCode"), why.GetString("message"));
  }
  return text;
}

// Artifacts that were declared and not made are no error until somebody wants them.
json::Array MadeOutputs(const ActionOrder& order, const json::Array& outputs) {
  json::Array made;
  for (const json::Value& output : outputs) {
    const json::Object& place = output.AsObject().GetObject("s3location");
    const Answer<> head = order.context.Dispatch(
        "s3", "HeadObject",
        {{"Bucket", place.GetString("bucket")}, {"Key", place.GetString("key")}});
    if (head) made.push_back(output);
  }
  return made;
}

ActionOutcome ToOutcome(const ActionOrder& order, const json::Object& build, const Names& names) {
  const std::string_view status = build.GetString(names.status);
  ActionOutcome outcome;
  outcome.succeeded = status == "SUCCEEDED";
  if (!outcome.succeeded) {
    outcome.error_code = "JobFailed";
    outcome.error_message = FailureText(build, status);
  }
  outcome.outputs = MadeOutputs(order, order.progress.GetArray("Outputs"));
  for (const json::Value& variable : build.GetArray("exportedEnvironmentVariables")) {
    outcome.variables.Set(variable.AsObject().GetString("name"),
                          variable.AsObject().GetString("value"));
  }
  const json::Object& logs = build.GetObject("logs");
  if (logs.Has("cloudWatchLogsArn")) outcome.log_stream_arn = logs.GetString("cloudWatchLogsArn");
  return outcome;
}

net::aw<ActionOutcome> Watch(ActionOrder order, Names names) {
  const std::string id(order.progress.GetString("Build"));
  while (order.StillWanted()) {
    json::Object input;
    input.Set("ids", json::Array{json::Value(id)});
    const Answer<> got =
        co_await order.actor.Call("codebuild", std::string(names.get), std::move(input));
    if (!got) co_return got.error();
    const json::Array& builds = got->GetArray(names.got);
    if (builds.empty())
      co_return ActionOutcome::Failure("JobFailed", fmt::format("The build {} is gone", id));
    const json::Object& build = builds.front().AsObject();
    if (build.GetString(names.status) != "IN_PROGRESS") co_return ToOutcome(order, build, names);
    co_await order.context.Sleep(kPollInterval);
  }
  co_return ActionOutcome::Pending();
}

}  // namespace

WaitContext BuildCaller(const ActionOrder& order) {
  Caller caller = order.actor.caller();
  caller.session_name = "codepipeline/" + order.pipeline;
  return order.actor.As(std::move(caller), order.actor.region());
}

Answer<BuildInput> AddArtifacts(const ActionOrder& order, json::Object start,
                                const std::string& primary) {
  BuildInput input{.start = std::move(start), .outputs = {}};
  const json::Object* source = FindInput(order, primary);
  if (!source && !order.inputs.empty()) {
    return ServiceError("ConfigurationError",
                        primary.empty()
                            ? "The action has several input artifacts: PrimarySource must name one"
                            : fmt::format("The action has no input artifact '{}'", primary));
  }
  for (const json::Value& item : order.inputs) {
    if (&item.AsObject() == source) {
      AddSource(order, item.AsObject(), input.start);
    } else {
      AddSecondary(order, item.AsObject(), input.start);
    }
  }
  AddOutputs(order, input);
  const std::string_view key = order.store.GetObject("encryptionKey").GetString("id");
  input.start.SetIfNotEmpty("encryptionKeyOverride", key);
  return input;
}

net::aw<ActionOutcome> RunBuild(ActionOrder order, BuildInput input, bool batch) {
  const Names names = batch ? kBatch : kBuild;
  if (!order.progress.Has("Build")) {
    input.start.Set("idempotencyToken", order.id);
    const WaitContext caller = BuildCaller(order);
    const Answer<> started =
        co_await caller.Call("codebuild", std::string(names.start), std::move(input.start));
    if (!started) co_return started.error();
    const std::string id(started->GetObject(names.started).GetString("id"));
    order.progress = {{"Build", id}, {"Outputs", std::move(input.outputs)}};
    order.Keep(order.progress, id, Url(order, id));
  }
  co_return co_await Watch(std::move(order), names);
}

}  // namespace trunkline::cloud::codepipeline
