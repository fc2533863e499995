// Reconciliation: heads of branches that no pipeline has seen are routed as their push would have
// been. GitHub never sends a delivery again by itself, so a push whose delivery failed is found
// here.
#pragma once

#include "functions/router_session.h"

namespace trunkline::functions::router {

// {"ok", "branches": [what was done about each]}: of a branch that is as it should be, `message`
// says so.
net::aw<json::Object> Reconcile(const Session& session);

}  // namespace trunkline::functions::router
