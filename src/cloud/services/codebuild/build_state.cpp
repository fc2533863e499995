#include "cloud/services/codebuild/build_state.h"

#include "cloud/services/codebuild/build_events.h"
#include "cloud/services/codebuild/records.h"

namespace trunkline::cloud::codebuild {
namespace {

json::Array Contexts(const PhaseEnd& end) {
  json::Array contexts;
  contexts.push_back(json::Object{{"statusCode", end.code}, {"message", end.message}});
  return contexts;
}

}  // namespace

PhaseEnd Failed(std::string_view code, std::string_view message) {
  return {.status = "FAILED", .code = std::string(code), .message = std::string(message)};
}

void BeginPhase(json::Object& build, std::string_view phase, TimePoint now) {
  json::Object began{{"phaseType", phase}, {"startTime", Seconds(now)}};
  if (!build.Has("phases")) build.Set("phases", json::Array());
  build["phases"].AsArray().emplace_back(std::move(began));
  build.Set("currentPhase", phase);
}

void EndPhase(json::Object& build, const PhaseEnd& end, TimePoint now) {
  json::Array& phases = build["phases"].AsArray();
  if (phases.empty() || phases.back().AsObject().Has("phaseStatus")) return;
  json::Object& phase = phases.back().AsObject();
  const TimePoint began = FromEpochSeconds(phase.GetDouble("startTime"));
  phase.Set("phaseStatus", end.status);
  phase.Set("endTime", Seconds(now));
  phase.Set("durationInSeconds",
            std::chrono::duration_cast<std::chrono::seconds>(now - began).count());
  if (!end.code.empty() || !end.message.empty()) phase.Set("contexts", Contexts(end));
}

void CompleteBuild(json::Object& build, const PhaseEnd& end, std::string_view status,
                   TimePoint now) {
  EndPhase(build, end, now);
  BeginPhase(build, "COMPLETED", now);
  build.Set("buildStatus", status);
  build.Set("buildComplete", true);
  build.Set("endTime", Seconds(now));
}

bool IsComplete(const json::Object& build) {
  return build.GetBool("buildComplete");
}

bool ChangeBuild(Context& context, const std::string& id,
                 const std::function<void(json::Object& build)>& change) {
  const Record* found = context.store.Find(context.RegionScope(), kBuild, id);
  if (!found || IsComplete(found->body.GetObject("build"))) return false;
  Record record = *found;
  const json::Object before = record.body.GetObject("build");
  json::Object& build = record.body["build"].AsObject();
  change(build);
  const json::Object after = build;
  context.store.Put(context.RegionScope(), kBuild, std::move(record));
  TellOfChange(context, before, after);
  return true;
}

}  // namespace trunkline::cloud::codebuild
