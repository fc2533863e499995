// Announcing: what changed in a repository's branches and tags since it was last looked at becomes
// push events, which listeners get from a job (cloud/git/push_job.cpp).
//
// The store holds every branch and tag as it was last announced, so nothing is lost when the cloud
// is killed between a push and its announcement: the next look finds it.
#pragma once

#include <map>
#include <string>

#include "cloud/git/repositories.h"

namespace trunkline::cloud::git {

// By name ("refs/heads/main"), what it points to. Branches and tags only.
using Refs = std::map<std::string, std::string>;

net::aw<Result<Refs>> ReadRefs(Engine& engine, std::string git_dir);

// Takes what is there now for announced, if this repository was never looked at: its history is no
// push. Call it before a push.
net::aw<Result<void>> Remember(Engine& engine, Repository repository);

// Compares and schedules; the number of events. `pusher` is a name, or empty: the committer's.
// Only by who has the repository's turn.
net::aw<Result<int>> Announce(Engine& engine, Repository repository, std::string pusher);

}  // namespace trunkline::cloud::git
