// Which condition keys policies ask for: what the policy simulator wants to be told.
#pragma once

#include <string>
#include <vector>

#include "cloud/access/policy.h"

namespace trunkline::cloud::access {

// The keys of conditions and variables as they are spelled, each once (in any case), in the order
// of the text.
void CollectContextKeys(const Policy& policy, std::vector<std::string>& keys);

}  // namespace trunkline::cloud::access
