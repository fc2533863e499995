// From a changed ref to the push event, by asking git. For cloud/git/push_job.cpp.
#pragma once

#include "cloud/git/push_event.h"
#include "cloud/git/push_job.h"
#include "cloud/git/repositories.h"

namespace trunkline::cloud::git {

struct PushFacts {
  Repository repository;
  std::string event_id;
  RefChange change;
  Refs known;          // branches before the push
  std::string pusher;  // empty: the committer's name
  TimePoint at{};
};

// What git cannot say any more (a later push removed it) is left out, as the event says.
net::aw<PushEvent> MakePushEvent(Engine& engine, PushFacts facts);

}  // namespace trunkline::cloud::git
