// Facts for rules about sets from what the rules about one flow look at.
#pragma once

#include "flow/lint/context.h"
#include "flow/lint_set.h"

namespace trunkline::flow {

FlowFacts FactsOf(const LintContext& context);

}  // namespace trunkline::flow
