// The life of a build, as a value: its phases begin and end, and it ends once.
//
// SUBMITTED -> QUEUED -> PROVISIONING -> DOWNLOAD_SOURCE -> INSTALL -> PRE_BUILD -> BUILD ->
// POST_BUILD -> UPLOAD_ARTIFACTS -> FINALIZING -> COMPLETED. A phase that fails skips those behind
// it up to FINALIZING, but BUILD: what comes after it is always tried.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::codebuild {

// How a phase ended; code and message are its context.
struct PhaseEnd {
  std::string status = "SUCCEEDED";
  std::string code;
  std::string message;
  bool ok() const { return status == "SUCCEEDED"; }
};
PhaseEnd Failed(std::string_view code, std::string_view message);

void BeginPhase(json::Object& build, std::string_view phase, TimePoint now);
// Ends the phase that began last, if it has not ended.
void EndPhase(json::Object& build, const PhaseEnd& end, TimePoint now);
// Ends the phase under way as `end` says, and the build with its status.
void CompleteBuild(json::Object& build, const PhaseEnd& end, std::string_view status,
                   TimePoint now);
bool IsComplete(const json::Object& build);

// Changes what is shown of a build, and tells of it (build_events.h) what has changed. False: there
// is none, or it is complete and stays as it is.
bool ChangeBuild(Context& context, const std::string& id,
                 const std::function<void(json::Object& build)>& change);

}  // namespace trunkline::cloud::codebuild
