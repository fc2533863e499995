// The map of names to ARNs that the mapping function serves (the workshop's `$.External.<key>`).
#pragma once

#include <string>
#include <string_view>

#include "deploy/live.h"
#include "deploy/target.h"

namespace trunkline::deploy {

// The function's name, unless the center declares a function of that name itself.
inline constexpr std::string_view kMappingName = "mapping";

// False when the center brings a function called 'mapping' of its own.
bool NeedsMapping(const Target& target);

// {"queue": {"Sales": "arn:..."}, "flow": {...}, "prompt": {...}, "bot": {...}, ...}: kinds are
// kept apart, because a queue and a flow may share a name; functions/mapping.h says what is
// answered then.
json::Object MapOf(const Live& live);

}  // namespace trunkline::deploy
