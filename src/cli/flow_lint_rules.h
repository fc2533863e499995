// `flow lint --rules` and `flow lint --explain RULE`: what the linter's rules are.
#pragma once

#include "cli/command.h"

namespace trunkline::cli {

Exit ListLintRules(World& world, const Arguments& arguments);
// The rule is that of --explain: a name or a code. An unknown one is told with the nearest name.
Exit ExplainLintRule(World& world, const Arguments& arguments);

}  // namespace trunkline::cli
