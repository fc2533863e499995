// Reading what is there, and running a plan's changes against it.
#pragma once

#include <vector>

#include "aws/client.h"
#include "base/result.h"
#include "deploy/live.h"
#include "deploy/plan.h"
#include "deploy/progress.h"
#include "deploy/resource.h"

namespace trunkline::deploy {

// Reads the target's Region. `client` is already in it. The target and the world outlive the call.
// With `kinds` only these rows of deploy/list.h are asked for, for who may not ask for all.
net::aw<Result<Live>> ReadLive(aws::Client client, const Target& target, DeployWorld& world,
                               std::vector<std::string> kinds = {});

struct Failure {
  Change change;
  Error error;
};

struct Applied {
  std::vector<Change> done;
  std::vector<Failure> failed;
  std::vector<Change>
      blocked;               // not tried: something they come after failed, or the run was stopped
  bool stopped = false;      // by `stop`
  bool rolled_back = false;  // by `rollback`, because not all went well:
  std::vector<Change> restored;       // what it had changed is as it was, the last changed first
  std::vector<Failure> not_restored;  // the next run goes on from there

  bool ok() const { return failed.empty() && blocked.empty(); }
};

struct ApplyOptions {
  std::size_t at_once = 8;     // changes under way; the client's token buckets pace the calls
  const bool* stop = nullptr;  // set to true (on the same thread): nothing new is started
  // All or nothing: after the first failure, or when it is stopped, nothing new is started, and
  // what was changed is put back (ResourceKind::restore). What cannot be is in `not_restored`.
  bool rollback = false;
};

// A failed change blocks only what comes after it. Running again continues where this run ended:
// every change records its hash in the resource's tags only when all of it worked.
net::aw<Applied> Apply(aws::Client client, const Target& target, DeployWorld& world, Live& live,
                       const Plan& plan, ApplyOptions options, Progress& progress);

}  // namespace trunkline::deploy
