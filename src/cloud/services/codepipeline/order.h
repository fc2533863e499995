// What actions and rules have in common before they run: variables, inputs, roles.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/services/codepipeline/action_run.h"
#include "cloud/services/codepipeline/records.h"

namespace trunkline::cloud::codepipeline {

// Reads the record of an action or rule and what it needs, and calls as its role. Nothing: it is
// not in progress any more. The error is the action's.
Answer<std::optional<ActionOrder>> ReadOrder(const WaitContext& context, Kind kind,
                                             std::string_view pipeline, const std::string& id);

// Fills `inputs`: artifacts of other Regions are copied into the store of the action's.
net::aw<Answer<void>> CollectInputs(WaitContext context, ActionOrder* order, Kind kind);

// The artifact store of a Region.
json::Object StoreOf(const json::Object& declaration, std::string_view region);

}  // namespace trunkline::cloud::codepipeline
