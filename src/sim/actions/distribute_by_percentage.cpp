// Draws from the contact's own seed: the same call takes the same branch.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

// An integer from 1 to 100; conditions compare it with 1 + cumulative percent.
Outcome RunDistributeByPercentage(Turn& turn) {
  return Returned{std::to_string(1 + UniformBelow(turn.contact.random, 100))};
}

}  // namespace

constinit const Runner kRunDistributeByPercentage{.run = RunDistributeByPercentage};

}  // namespace trunkline::sim
