// The test reports that a buildspec names: read when the commands have ended, kept as report groups
// and reports. A report that cannot be read is told in the log, and does not fail the build.
#pragma once

#include "cloud/services/codebuild/build_run.h"

namespace trunkline::cloud::codebuild {

net::aw<void> CollectReports(BuildRun* run);

}  // namespace trunkline::cloud::codebuild
