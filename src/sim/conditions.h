// Conditions of a transition: does one hold for a result value? (flow-language 1.5)
#pragma once

#include <string>
#include <string_view>

#include "flow/document.h"
#include "sim/state.h"

namespace trunkline::sim {

// An operand that is wholly one reference is resolved first; without a value it matches nothing.
// Number operators need two decimal numbers; anything else is false. An operator that is not
// simulated is false, with a warning.
bool Holds(ContactState& contact, const flow::ConditionBranch& branch, const std::string& value);

// Whether `value` compares so with an operand that is no reference; an operator that is not
// simulated never does.
bool Compares(std::string_view op, const std::string& value, const std::string& operand);

}  // namespace trunkline::sim
