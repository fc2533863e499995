// The answer of the mapping function: every name in the instance with its ARN, flat, as a flow's
// `$.External` takes it.
//
// A name that one kind has stands as it is. A name that several kinds share stands for the first of
// them in the order queue, flow, module, prompt, hours, bot, and for each of them as <kind>_<name>.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace trunkline::functions {

// `map` as deploy/mapping.h writes it. With `names` not empty only these are answered: Amazon
// Connect takes 32 KB.
json::Object FlatMap(const json::Object& map, const std::vector<std::string>& names);

}  // namespace trunkline::functions
