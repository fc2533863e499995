// Builds that are tried again by themselves: a project's auto-retry limit, and a phase's
// on-failure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cloud/services/codebuild/build_run.h"

namespace trunkline::cloud::codebuild {

// "RETRY", "RETRY-2", "RETRY-.*timeout.*", "RETRY-2-.*timeout.*"; nothing for other words.
struct RetryRule {
  std::int64_t count = 3;
  std::string pattern = ".*";
};
std::optional<RetryRule> ReadRetryRule(std::string_view on_failure);

// Notes how often the failed phase wants the build to be tried again.
void NoteRetries(BuildRun& run, std::string_view on_failure);

// Starts the build again, if it may be tried once more. Builds of a pipeline are not, as on AWS.
void RetryAutomatically(const BuildRun& run);

}  // namespace trunkline::cloud::codebuild
