// The answer of the mapping function: every key with its ARN, flat, as a flow's `$.External` takes
// it.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace trunkline::functions {

// `map` as deploy/mapping.h writes it. With `names` not empty only these are answered: Amazon
// Connect takes 32 KB.
json::Object Selected(const json::Object& map, const std::vector<std::string>& names);

}  // namespace trunkline::functions
