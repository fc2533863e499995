// Routing a push: what changed, what is started for it, and the branch's record kept.
#pragma once

#include <string>

#include "functions/router_ledger.h"
#include "functions/router_push.h"
#include "functions/router_start.h"

namespace trunkline::functions::router {

// Of a push that is not to be ignored. Errors: the ledger cannot be used; nothing was started then.
net::aw<Result<Routed>> Route(const Session& session, Push push, std::string key);

// Starts these by their marks and writes down which were. An error of that is logged only: who
// starts them again, starts nothing twice.
net::aw<void> StartAndMark(const Session& session, std::vector<std::string> pipelines,
                           BranchRecord record, Routed& routed);

}  // namespace trunkline::functions::router
