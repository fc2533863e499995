// `flow lint --rules` and `flow lint --explain RULE`: what the linter's rules are.
#pragma once

#include "cli/command.h"
#include "flow/lint.h"

namespace trunkline::cli {

Exit ListLintRules(World& world, const Arguments& arguments);
// The rule is that of --explain: a name or a code. An unknown one is told with the nearest name.
Exit ExplainLintRule(World& world, const Arguments& arguments);
// The page of a rule, or with --json its data.
Exit PrintLintRule(World& world, const Arguments& arguments, const flow::LintRule& rule);

}  // namespace trunkline::cli
