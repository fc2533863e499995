// The job that runs a build batch: reads its buildspec, starts builds whose dependencies are done,
// and ends with the last of them. All it knows is in records, so after a restart it goes on.
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "base/files.h"
#include "cloud/engine.h"
#include "cloud/job_kinds.h"
#include "cloud/services/codebuild/batch_spec.h"
#include "cloud/services/codebuild/batch_state.h"
#include "cloud/services/codebuild/build_source.h"
#include "cloud/services/codebuild/records.h"
#include "cloud/services/codebuild/running_builds.h"
#include "cloud/services/codebuild/start_build.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr Milliseconds kLookAgain{200};

// The buildspec of the batch's source, which is fetched for it and thrown away.
net::aw<Result<BatchSpec>> FetchSpec(WaitContext context, json::Object batch) {
  const std::string uuid = NewUuid(context.random());
  SourceRequest request{.source = batch.GetObject("source"),
                        .version = std::string(batch.GetString("sourceVersion")),
                        .folder = JoinPath(context.data_folder(), "codebuild/batches/" + uuid)};
  const std::string folder = request.folder;
  const json::Object source = request.source;
  const auto fetched = co_await FetchSource(context, std::move(request));
  Result<std::string> text = Error(ErrorKind::kInvalid, "the source could not be fetched");
  if (fetched) {
    text = FindBuildspec(context, source, folder);
  } else {
    text = Error(ErrorKind::kInvalid, "{}", fetched.error().message);
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  TL_CO_TRY(const std::string written, std::move(text));
  TL_CO_TRY(const Buildspec spec, ReadBuildspec(written));
  co_return ReadBatchSpec(spec.batch);
}

Result<void> CheckRestrictions(const json::Object& batch, const BatchSpec& spec) {
  const json::Object& limits = batch.GetObject("buildBatchConfig").GetObject("restrictions");
  const auto most = static_cast<std::size_t>(limits.GetInt("maximumBuildsAllowed", 100));
  if (spec.parts.size() > most) {
    return Error(ErrorKind::kInvalid, "the batch has {} builds, but {} are allowed",
                 spec.parts.size(), most);
  }
  const json::Array& allowed = limits.GetArray("computeTypesAllowed");
  for (const BatchPart& part : spec.parts) {
    const std::string_view type = part.overrides.GetString(
        "computeTypeOverride", batch.GetObject("environment").GetString("computeType"));
    const auto same = [&](const json::Value& one) { return one.AsString() == type; };
    if (!allowed.empty() && std::ranges::none_of(allowed, same))
      return Error(ErrorKind::kInvalid, "compute type {} is not allowed in this batch", type);
  }
  return {};
}

void TakeParts(json::Object& body, const BatchSpec& spec) {
  json::Object parts;
  json::Array groups;
  for (const BatchPart& part : spec.parts) {
    json::Array depends_on;
    for (const std::string& other : part.depends_on) depends_on.emplace_back(other);
    groups.push_back(json::Object{{"identifier", part.identifier},
                                  {"dependsOn", std::move(depends_on)},
                                  {"ignoreFailure", part.ignore_failure}});
    parts.Set(part.identifier, part.overrides);
  }
  body.Set("parts", std::move(parts));
  body.Set("fastFail", spec.fast_fail);
  body["batch"].AsObject().Set("buildGroups", std::move(groups));
}

json::Object LoadBatch(const WaitContext& context, const std::string& id) {
  json::Object body;
  static_cast<void>(context
                        .State([&](Context& state) -> Answer<> {
                          TL_TRY(const Record* record, FindBatch(state, id));
                          body = record->body;
                          return json::Object();
                        })
                        .ok());
  return body;
}

bool Change(const WaitContext& context, const std::string& id,
            const std::function<void(Context& state, json::Object& body)>& change) {
  bool changed = false;
  static_cast<void>(context
                        .State([&](Context& state) -> Answer<> {
                          changed = ChangeBatch(state, id,
                                                [&](json::Object& body) { change(state, body); });
                          return json::Object();
                        })
                        .ok());
  return changed;
}

void Enter(json::Object& body, std::string_view phase, TimePoint now) {
  json::Object& batch = body["batch"].AsObject();
  EndPhase(batch, {}, now);
  BeginPhase(batch, phase, now);
}

net::aw<bool> DownloadSpec(WaitContext context, std::string id) {
  Change(context, id, [](Context& state, json::Object& body) {
    Enter(body, "DOWNLOAD_BATCHSPEC", state.Now());
  });
  const json::Object batch = LoadBatch(context, id).GetObject("batch");
  Result<BatchSpec> spec = co_await FetchSpec(context, batch);
  if (spec) {
    if (const auto fits = CheckRestrictions(batch, *spec); !fits) spec = fits.error();
  }
  const bool good = spec.ok();
  const bool there = Change(context, id, [&](Context& state, json::Object& body) {
    if (good) {
      TakeParts(body, *spec);
      Enter(body, "IN_PROGRESS", state.Now());
    } else {
      CompleteBatch(body["batch"].AsObject(), Failed("YAML_FILE_ERROR", spec.error().message()),
                    "FAILED", state.Now());
    }
  });
  co_return good&& there;
}

json::Object Summary(const json::Object& build, const json::Object& settings) {
  json::Object artifact{{"type", settings.GetObject("artifacts").GetString("type", "NO_ARTIFACTS")},
                        {"location", build.GetObject("artifacts").GetString("location")}};
  return {{"arn", build.At("arn")},
          {"requestedOn", build.At("startTime")},
          {"buildStatus", build.At("buildStatus")},
          {"primaryArtifact", std::move(artifact)}};
}

// What a batch's own call overrides is overridden for each of its builds, and then by its part.
json::Object InputOf(const json::Object& body, const std::string& identifier) {
  json::Object input = body.GetObject("input");
  input.Remove("idempotencyToken");
  input.Remove("buildBatchConfigOverride");
  if (const json::Value* minutes = input.Find("buildTimeoutInMinutesOverride"))
    input.Set("timeoutInMinutesOverride", *minutes);
  for (const json::Member& member : body.GetObject("parts").GetObject(identifier)) {
    if (member.key == "environmentVariablesOverride" && input.Has(member.key)) {
      for (const json::Value& variable : member.value.AsArray())
        input[member.key].AsArray().push_back(variable);
    } else {
      input.Set(member.key, member.value);
    }
  }
  return input;
}

// The state of one group while the batch goes on.
enum class Turn { kWaits, kRuns, kPassed, kFailed };

Turn TurnOf(const json::Object& group) {
  const std::string_view status = group.GetObject("currentBuildSummary").GetString("buildStatus");
  if (status.empty()) return Turn::kWaits;
  if (status == "IN_PROGRESS") return Turn::kRuns;
  return status == "SUCCEEDED" || group.GetBool("ignoreFailure") ? Turn::kPassed : Turn::kFailed;
}

void Refresh(Context& context, json::Object& group) {
  const json::Object& had = group.GetObject("currentBuildSummary");
  if (TurnOf(group) != Turn::kRuns) return;
  const Answer<const Record*> found = FindBuild(context, had.GetString("arn"));
  if (found) {
    group.Set("currentBuildSummary",
              Summary((*found)->body.GetObject("build"), (*found)->body.GetObject("settings")));
  } else {  // deleted meanwhile
    json::Object gone = had;
    gone.Set("buildStatus", "STOPPED");
    group.Set("currentBuildSummary", std::move(gone));
  }
}

void StartGroup(Context& context, const json::Object& body, json::Object& group) {
  const std::string identifier(group.GetString("identifier"));
  BuildRequest request;
  request.input = InputOf(body, identifier);
  request.batch_arn = body.GetObject("batch").GetString("arn");
  request.batch_identifier = identifier;
  const Answer<json::Object> build = NewBuild(context, request);
  if (build) {
    group.Set("currentBuildSummary", Summary(*build, {}));
  } else if (build.error().code != "AccountLimitExceededException") {  // else: the next time
    group.Set("currentBuildSummary",
              json::Object{{"buildStatus", "FAULT"}, {"requestedOn", Seconds(context.Now())}});
  }
}

bool MayStart(const json::Array& groups, const json::Object& group) {
  return std::ranges::all_of(group.GetArray("dependsOn"), [&](const json::Value& other) {
    return std::ranges::any_of(groups, [&](const json::Value& one) {
      return one.AsObject().GetString("identifier") == other.AsString() &&
             TurnOf(one.AsObject()) == Turn::kPassed;
    });
  });
}

bool Any(const json::Array& groups, Turn turn) {
  return std::ranges::any_of(
      groups, [turn](const json::Value& group) { return TurnOf(group.AsObject()) == turn; });
}

// One look at all groups. What failed keeps others from starting only where they depend on it, or
// with fast-fail.
void Step(Context& context, json::Object& body) {
  const json::Object before = body;
  json::Object& batch = body["batch"].AsObject();
  json::Array& groups = batch["buildGroups"].AsArray();
  for (json::Value& group : groups) Refresh(context, group.AsObject());
  const bool give_up = body.GetBool("fastFail") && Any(groups, Turn::kFailed);
  for (json::Value& value : groups) {
    json::Object& group = value.AsObject();
    if (TurnOf(group) == Turn::kWaits && !give_up && MayStart(groups, group))
      StartGroup(context, before, group);
  }
  const bool can_start = std::ranges::any_of(groups, [&](const json::Value& group) {
    return TurnOf(group.AsObject()) == Turn::kWaits && MayStart(groups, group.AsObject());
  });
  if (Any(groups, Turn::kRuns) || (can_start && !give_up)) return;
  const bool failed = Any(groups, Turn::kFailed) || Any(groups, Turn::kWaits);
  CompleteBatch(batch,
                failed ? Failed("BATCH_FAILED", "A build of the batch has failed") : PhaseEnd(),
                failed ? "FAILED" : "SUCCEEDED", context.Now());
}

bool Expired(const WaitContext& context, const json::Object& batch) {
  const std::int64_t minutes = batch.GetObject("buildBatchConfig").GetInt("timeoutInMins", 480);
  return context.clock().Now() >=
         FromEpochSeconds(batch.GetDouble("startTime")) + std::chrono::minutes(minutes);
}

// Whether the batch goes on after one look at it.
bool LookAt(const WaitContext& context, const std::string& id) {
  if (!Change(context, id, Step)) return false;
  const json::Object batch = LoadBatch(context, id).GetObject("batch");
  if (batch.empty() || batch.GetBool("complete")) return false;
  return !Expired(context, batch);
}

net::aw<Answer<>> RunBuildBatch(WaitContext context, json::Object payload) {
  const std::string id(payload.GetString("id"));
  bool ready = LoadBatch(context, id).Has("parts");
  if (!ready) ready = co_await DownloadSpec(context, id);
  if (!ready) co_return json::Object();
  while (LookAt(context, id)) co_await context.Sleep(kLookAgain);
  // Its time is over, or it has ended, and then this changes nothing.
  json::Object stop{{"id", id}};
  static_cast<void>(co_await context.Call("codebuild", "StopBuildBatch", std::move(stop)));
  co_return json::Object();
}

constexpr WaitHandler kRunBuildBatch{RunBuildBatch};

}  // namespace
}  // namespace trunkline::cloud::codebuild

namespace trunkline::cloud {

constinit const JobKind kRunBuildBatchJob{.name = "codebuild.run-build-batch",
                                          .wait = &codebuild::kRunBuildBatch};

}  // namespace trunkline::cloud
