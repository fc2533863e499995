// Choice: the rules of a Choice state with JSONPath.
#pragma once

#include <string_view>

#include "base/json.h"
#include "cloud/services/stepfunctions/scope.h"

namespace trunkline::cloud::stepfunctions {

// Whether the rule, with its And, Or and Not, holds.
Outcome<bool> RuleHolds(const json::Object& rule, const PathScope& scope);

// Whether there is an operator of that name: "NumericEqualsPath".
bool IsChoiceOperator(std::string_view name);

// `*` stands for any characters, `\*` for itself and `\\` for a backslash.
bool MatchesWildcards(std::string_view pattern, std::string_view text);

}  // namespace trunkline::cloud::stepfunctions
