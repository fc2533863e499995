// The second pass over a parsed expression: chains become paths of steps, predicates become their
// stages, "%" finds the step it leads to, calls in tail position become thunks.
#pragma once

#include "cloud/services/stepfunctions/jsonata/failure.h"
#include "cloud/services/stepfunctions/jsonata/node.h"

namespace trunkline::cloud::jsonata {

Outcome<NodePtr> Resolve(NodePtr parsed);

}  // namespace trunkline::cloud::jsonata
