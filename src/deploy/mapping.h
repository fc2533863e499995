// The map of names to ARNs that the mapping function serves (the workshop's `$.External.<key>`).
#pragma once

#include <string>
#include <string_view>

#include "deploy/live.h"
#include "deploy/target.h"

namespace trunkline::deploy {

// The function's name, unless the center declares a function of that name itself.
using flow::kMappingName;

// False when the center brings a function called 'mapping' of its own.
bool NeedsMapping(const Target& target);

// Every key the mapping function serves, with its ARN (flow::MappingEntries says how names that
// kinds share are told apart).
json::Object MapOf(const Target& target, const Live& live);

}  // namespace trunkline::deploy
