// Flows and modules that were edited, archived or described otherwise since they were delivered.
#pragma once

#include <vector>

#include "deploy/flow_kind.h"

namespace trunkline::deploy {

net::aw<Result<void>> DriftOfFlows(Session& session, const FlowKind& kind,
                                   std::vector<Drifted>& drifted);

}  // namespace trunkline::deploy
