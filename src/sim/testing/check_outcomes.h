// Whether the outcomes that a test wants of actions are possible in the flows it runs on.
#pragma once

#include "base/finding.h"
#include "sim/testing/test_case.h"
#include "sim/world.h"

namespace trunkline::sim {

// A finding for each that names a flow or an action that the world does not have, or something that
// the action cannot do; it says what is possible.
Findings CheckOutcomes(const TestCase& test, const World& world);

}  // namespace trunkline::sim
