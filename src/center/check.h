// Checks a center as a whole. LoadCenter calls CheckCenter; a command that delivers calls
// CheckTarget beside it.
#pragma once

#include "base/finding.h"
#include "center/center.h"

namespace trunkline::center {

// What must hold for every environment: names are unique within their kind, every reference names
// something that is declared (or that every instance has), modules do not call each other in a
// circle.
Findings CheckCenter(const Center& center);

// What must hold for the environment that is delivered to: a real account, and names within the
// service's limits.
Findings CheckTarget(const Center& center, const Environment& environment);

}  // namespace trunkline::center
