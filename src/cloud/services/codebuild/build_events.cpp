#include "cloud/services/codebuild/build_events.h"

#include <array>
#include <ctime>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/callers.h"

namespace trunkline::cloud::codebuild {
namespace {

// "Sep 1, 2017 4:12:29 PM": how these events spell a time (documented in the user guide).
std::string EventTime(double seconds) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  return fmt::format("{} {}, {} {}:{:02}:{:02} {}", kMonths.at(static_cast<unsigned>(parts.tm_mon)),
                     parts.tm_mday, parts.tm_year + 1900,
                     parts.tm_hour % 12 == 0 ? 12 : parts.tm_hour % 12, parts.tm_min, parts.tm_sec,
                     parts.tm_hour < 12 ? "AM" : "PM");
}

json::Array EventPhases(const json::Object& build) {
  json::Array phases;
  for (const json::Value& value : build.GetArray("phases")) {
    const json::Object& phase = value.AsObject();
    json::Array contexts;
    for (const json::Value& one : phase.GetArray("contexts")) {
      const json::Object& context = one.AsObject();
      contexts.emplace_back(
          fmt::format("{}: {}", context.GetString("statusCode"), context.GetString("message")));
    }
    if (contexts.empty()) contexts.emplace_back(" : ");
    json::Object shown{{"phase-type", phase.GetString("phaseType")},
                       {"start-time", EventTime(phase.GetDouble("startTime"))},
                       {"phase-context", std::move(contexts)}};
    if (phase.Has("phaseStatus")) {
      shown.Set("end-time", EventTime(phase.GetDouble("endTime")));
      shown.Set("duration-in-seconds", phase.GetInt("durationInSeconds"));
      shown.Set("phase-status", phase.GetString("phaseStatus"));
    }
    phases.emplace_back(std::move(shown));
  }
  return phases;
}

// Values of environment variables stay out of events.
json::Object EventEnvironment(const json::Object& build) {
  const json::Object& environment = build.GetObject("environment");
  json::Array variables;
  for (const json::Value& variable : environment.GetArray("environmentVariables")) {
    json::Object shown = variable.AsObject();
    shown.Remove("value");
    variables.emplace_back(std::move(shown));
  }
  return {{"image", environment.GetString("image")},
          {"privileged-mode", environment.GetBool("privilegedMode")},
          {"image-pull-credentials-type", environment.GetString("imagePullCredentialsType")},
          {"compute-type", environment.GetString("computeType")},
          {"type", environment.GetString("type")},
          {"environment-variables", std::move(variables)}};
}

json::Object Information(const json::Object& build) {
  const json::Object& source = build.GetObject("source");
  const json::Object& artifacts = build.GetObject("artifacts");
  const json::Object& logs = build.GetObject("logs");
  json::Object information{
      {"artifact", json::Object{{"md5sum", artifacts.GetString("md5sum")},
                                {"sha256sum", artifacts.GetString("sha256sum")},
                                {"location", artifacts.GetString("location")}}},
      {"environment", EventEnvironment(build)},
      {"timeout-in-minutes", build.GetInt("timeoutInMinutes")},
      {"build-complete", build.GetBool("buildComplete")},
      {"build-number", build.GetInt("buildNumber")},
      {"initiator", build.GetString("initiator")},
      {"build-start-time", EventTime(build.GetDouble("startTime"))},
      {"source", json::Object{{"location", source.GetString("location")},
                              {"type", source.GetString("type")}}},
      {"source-version", build.GetString("sourceVersion")},
      {"logs", json::Object{{"group-name", logs.GetString("groupName")},
                            {"stream-name", logs.GetString("streamName")},
                            {"deep-link", logs.GetString("deepLink")}}},
      {"phases", EventPhases(build)}};
  json::Array exported;
  for (const json::Value& variable : build.GetArray("exportedEnvironmentVariables"))
    exported.push_back(variable);
  if (!exported.empty()) information.Set("exported-environment-variables", std::move(exported));
  return information;
}

void Put(Context& context, std::string_view type, const json::Object& build, json::Object detail) {
  detail.Set("build-id", build.GetString("arn"));
  detail.Set("project-name", build.GetString("projectName"));
  detail.Set("additional-information", Information(build));
  detail.Set("version", "1");
  json::Array resources;
  resources.emplace_back(build.GetString("arn"));
  json::Array entries;
  entries.push_back(json::Object{{"Time", json::Number{EpochSeconds(context.Now())}},
                                 {"Source", "aws.codebuild"},
                                 {"Resources", std::move(resources)},
                                 {"DetailType", type},
                                 {"Detail", json::Write(detail)}});
  // Whoever cannot be told does not stop a build.
  const json::Object input{{"Entries", std::move(entries)}};
  static_cast<void>(
      context
          .CallAs(RootCaller(context.caller.account), context.region, "events", "PutEvents", input)
          .ok());
}

void TellOfPhases(Context& context, const json::Object& before, const json::Object& after) {
  const json::Array& were = before.GetArray("phases");
  const json::Array& are = after.GetArray("phases");
  for (std::size_t i = 0; i < are.size(); ++i) {
    const json::Object& phase = are[i].AsObject();
    const bool had_ended = i < were.size() && were[i].AsObject().Has("phaseStatus");
    if (had_ended || !phase.Has("phaseStatus")) continue;
    const json::Array& contexts = phase.GetArray("contexts");
    const json::Object none;
    const json::Object& said = contexts.empty() ? none : contexts.front().AsObject();
    Put(context, "CodeBuild Build Phase Change", after,
        {{"completed-phase", phase.GetString("phaseType")},
         {"completed-phase-status", phase.GetString("phaseStatus")},
         {"completed-phase-context",
          fmt::format("[{}: {}]", said.GetString("statusCode"), said.GetString("message"))},
         {"completed-phase-duration-seconds", phase.GetInt("durationInSeconds")},
         {"completed-phase-start", EventTime(phase.GetDouble("startTime"))},
         {"completed-phase-end", EventTime(phase.GetDouble("endTime"))}});
  }
}

}  // namespace

void TellOfChange(Context& context, const json::Object& before, const json::Object& after) {
  TellOfPhases(context, before, after);
  const std::string_view status = after.GetString("buildStatus");
  if (before.GetString("buildStatus") == status) return;
  json::Object detail{{"build-status", status},
                      {"current-phase", after.GetString("currentPhase")},
                      {"current-phase-context", "[]"}};
  Put(context, "CodeBuild Build State Change", after, std::move(detail));
}

}  // namespace trunkline::cloud::codebuild
