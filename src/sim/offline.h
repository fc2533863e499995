// What becomes of an action without Amazon Connect: whether it runs or stands in for a service that
// is not here, how it goes then, and how a test tells it otherwise.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "flow/catalogue.h"
#include "sim/stand_in.h"

namespace trunkline::sim {

// Sentences, for `flow explain`.
std::vector<std::string> OfflineFacts(const flow::ActionKind& kind);
// {standsIn, outcome, why, sets}: the latter three of stand-ins only.
json::Object OfflineData(const flow::ActionKind& kind);

}  // namespace trunkline::sim
