// Checks a center as a whole. LoadCenter calls CheckCenter; a command that delivers calls
// CheckTarget beside it.
#pragma once

#include <set>

#include "base/finding.h"
#include "center/center.h"
#include "flow/catalogue.h"

namespace trunkline::center {

// What must hold for every environment: names are unique within their kind, every reference names
// something that is declared (or that every instance has), modules do not call each other in a
// circle. Whether a name of an unread kind is declared is not looked at.
Findings CheckCenter(const Center& center, const std::set<flow::ResourceKind>& unread);

// What must hold for the environment that is delivered to: a real account, and names within the
// service's limits.
Findings CheckTarget(const Center& center, const Environment& environment);

}  // namespace trunkline::center
