// RoutePlan: what is started for a push, at which commit, and how the branch's record looks then.
// A plain function on values.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "functions/router_branch.h"
#include "functions/router_decision.h"

namespace trunkline::functions::router {

struct RoutePlan {
  BranchRecord record;                // to be written before anything is started, when `moves`
  bool moves = false;                 // it differs from what was read
  std::string commit;                 // what is started is started for this
  std::vector<std::string> to_start;  // in delivery order; their marks are in `record`
  std::vector<Left> skipped;
  std::vector<Left> ignored;
};

struct Routing {
  Push push;
  std::string key;              // KeyOf(push)
  Order order = Order::kNewer;  // kNewer, kSame or kOlder: the unknown is found out before
  Changes changes;
  TimePoint now{};
};

RoutePlan MakePlan(const Settings& settings, const BranchRecord& record, const Routing& routing);

// Pipelines that were wanted so long ago that nobody is starting them any more, in delivery order.
std::vector<std::string> Abandoned(const Settings& settings, const BranchRecord& record,
                                   TimePoint now);

}  // namespace trunkline::functions::router
