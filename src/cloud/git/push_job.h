// One push on its way to the listeners: a record and a job, so that it survives restarts.
//
//   {"git","push"}  id: a UUID; body: Repository, Pusher, At (ms), Known (what branches pointed to before),
//                   Events [{Id, Ref, Before, After}]: those that listeners did not get yet
#pragma once

#include "cloud/context.h"
#include "cloud/git/announce.h"

namespace trunkline::cloud::git {

struct RefChange {
  std::string ref;
  std::string before;  // all zeros: it did not exist
  std::string after;   // all zeros: it is gone
};

// In a transaction.
void SchedulePush(Context& context, const std::string& repository, const std::string& pusher,
                  const Refs& before, const std::vector<RefChange>& changes);

}  // namespace trunkline::cloud::git
