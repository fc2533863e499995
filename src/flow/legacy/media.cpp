// Modules that call a function, and that start and stop copying the audio.
#include <fmt/format.h>

#include "flow/legacy/builder.h"
#include "flow/legacy/rules.h"

namespace trunkline::flow {
namespace {

constexpr LegacyParameterRule kFunction[] = {
    {.from = "FunctionArn", .to = "LambdaFunctionARN", .resource = ResourceKind::kLambda},
    {.from = "TimeLimit", .to = "InvocationTimeLimitSeconds"},
    {.from = "Parameter", .to = "LambdaInvocationAttributes", .entry = true},
};
constexpr LegacyMember kThreeSeconds[] = {{"InvocationTimeLimitSeconds", "3"}};

constexpr LegacyMember kStart[] = {{"MediaStreamingState", "Enabled"},
                                   {"MediaStreamType", "Audio"}};
constexpr LegacyMember kStop[] = {{"MediaStreamingState", "Disabled"},
                                  {"MediaStreamType", "Audio"}};
constexpr LegacyParameterRule kStream[] = {{.from = "MediaStreamTypes", .to = {}, .says = "Audio"}};

// Nothing says which directions an export without tracks means; the console begins with both.
void ConvertTracks(LegacyBuilder& action) {
  json::Array directions;
  while (const LegacyParameter* track = action.Take("Track")) {
    if (track->value == "FromCustomer") {
      directions.emplace_back("From");
    } else if (track->value == "ToCustomer") {
      directions.emplace_back("To");
    } else {
      action.Lose(*track, "known are FromCustomer and ToCustomer");
    }
  }
  if (directions.empty()) {
    directions = {"From", "To"};
    action.Say(Severity::kWarning, "TL-F507",
               fmt::format("{}: both directions of the audio were made up", action.Name()),
               "the action needs one; check them", action.module().offset);
  }
  json::Array participants;
  participants.emplace_back(
      json::Object{{"ParticipantType", "Customer"}, {"MediaDirections", std::move(directions)}});
  action.Set("Participants", std::move(participants));
}

constexpr LegacyModuleRule kModules[] = {
    {.type = "InvokeExternalResource",
     .target = "Lambda",
     .action = "InvokeLambdaFunction",
     .parameters = kFunction,
     .branches = kLegacySuccessOrError,
     .needed = kThreeSeconds},
    {.type = "StartMediaStreaming",
     .action = "UpdateContactMediaStreamingBehavior",
     .parameters = kStream,
     .branches = kLegacySuccessOrError,
     .always = kStart,
     .convert = ConvertTracks},
    {.type = "StopMediaStreaming",
     .action = "UpdateContactMediaStreamingBehavior",
     .parameters = kStream,
     .branches = kLegacySuccessOrError,
     .always = kStop,
     .convert = ConvertTracks},
};

}  // namespace

constinit const std::span<const LegacyModuleRule> kLegacyMediaModules = kModules;

}  // namespace trunkline::flow
