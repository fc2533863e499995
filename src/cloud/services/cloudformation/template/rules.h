// Rules: assertions on parameters, checked before anything is created.
#pragma once

#include "cloud/services/cloudformation/template/evaluate.h"

namespace trunkline::cloud::cloudformation {

// The error names the rules whose assertions do not hold, with their descriptions.
Answer<void> CheckRules(const Scope& scope);

}  // namespace trunkline::cloud::cloudformation
