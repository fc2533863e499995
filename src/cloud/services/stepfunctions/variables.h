// Which variables the states of a machine read: DescribeStateMachine's variableReferences.
#pragma once

#include <string_view>

#include "base/json.h"

namespace trunkline::cloud::stepfunctions {

// By state: the names, sorted; states that read none are left out.
json::Object VariableReferences(std::string_view definition);

}  // namespace trunkline::cloud::stepfunctions
