// Change routing priority or age.
#include <algorithm>

#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunUpdateContactRoutingBehavior(Turn& turn) {
  if (turn.Has("RoutingProficiencies")) {
    // Remembered: agents belong to no hierarchy here.
    if (!turn.Has("RoutingProficiencies.AgentHierarchyProficiency.AgentHierarchy"))
      return Fail("no agent hierarchy is named");
    turn.contact.more.Edit().routing_criteria = turn.Map("RoutingProficiencies");
  }
  if (const auto priority = turn.Number("QueuePriority")) {
    turn.contact.queue_priority =
        static_cast<int>(std::clamp<std::int64_t>(*priority, 1, 1'000'000));
  }
  if (const auto seconds = turn.Number("QueueTimeAdjustmentSeconds"))
    turn.contact.queue_adjustment_seconds = *seconds;
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactRoutingBehavior{.run = RunUpdateContactRoutingBehavior,
                                                        .unhandled = Unhandled::kGoesOn};

}  // namespace trunkline::sim
