// Delivering a center: the use case behind `trunkline plan` and `trunkline apply`, and the demo.
//
// The primary Region goes first; when it succeeded, the others go in parallel, each with its own
// report.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/connection.h"
#include "app/world.h"
#include "base/clock.h"
#include "center/center.h"
#include "deploy/apply.h"
#include "deploy/plan.h"
#include "deploy/progress.h"

namespace trunkline::app {

struct DeliverArgs {
  std::string folder = ".";
  std::string environment;   // "dev"
  std::string region;        // empty: all of the environment's
  std::string project;       // empty: all; "contact-flows" and so on
  std::string endpoint_url;  // empty: from the environment, else AWS's own
  std::string profile;
  RoleArgs role;
  bool plan_only = false;
  bool prune = false;          // see deploy::PlanOptions
  bool rollback = false;       // see deploy::ApplyOptions
  const bool* stop = nullptr;  // see deploy::ApplyOptions
};

struct RegionReport {
  std::string region;
  bool primary = false;
  deploy::Plan plan;
  std::optional<deploy::Applied> applied;  // not when planned only, or when the plan has errors
  std::optional<Error> error;              // why the Region could not be read
  Milliseconds duration{0};

  bool ok() const { return !error && !HasErrors(plan.findings) && (!applied || applied->ok()); }
};

struct DeliverReport {
  std::string environment;
  std::string account;
  std::string folder;
  Findings findings;                  // of the monorepo; with errors nothing was asked of the cloud
  std::vector<RegionReport> regions;  // in order; a Region that was not tried is missing
  std::vector<std::string> not_tried;  // because the primary Region did not succeed
  bool plan_only = false;

  bool ok() const;
};

// What is wrong with the arguments alone: a project that does not exist, an endpoint that is no
// URL.
Result<void> CheckDeliverArgs(const DeliverArgs& args);

// Errors: what keeps everything from starting (no such environment, wrong account, no credentials).
// Runs its own loop; must be called on a thread that runs none.
Result<DeliverReport> Deliver(AppWorld& world, const DeliverArgs& args, deploy::Progress& progress);

}  // namespace trunkline::app
