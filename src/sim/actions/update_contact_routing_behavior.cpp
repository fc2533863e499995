// Change routing priority or age.
#include <algorithm>

#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunUpdateContactRoutingBehavior(Turn& turn) {
  if (turn.Has("RoutingProficiencies")) return Fail("routing by agent hierarchy is not simulated");
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
