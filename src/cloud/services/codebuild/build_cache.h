// The cache of a project: files that a build leaves for the next, in S3 or on this machine.
//
// They are kept as one zip, under a name made of the project, the generation of its cache
// (InvalidateProjectCache begins a new one) and the buildspec's key. Paths below the source, and
// below $HOME (or /root, as the service's images have it), are kept; others are named in the log.
// That a cache cannot be read or written is no failure of a build.
#pragma once

#include "cloud/services/codebuild/build_run.h"

namespace trunkline::cloud::codebuild {

net::aw<void> RestoreCache(BuildRun* run);
net::aw<void> SaveCache(BuildRun* run);

}  // namespace trunkline::cloud::codebuild
