// What a template looks up in its mappings, looked up before anything is made: a key that is not
// there is told at once.
#pragma once

#include "cloud/services/cloudformation/template/references.h"

namespace trunkline::cloud::cloudformation {

// Over the resources in `dependencies` and the outputs whose condition holds.
Answer<void> CheckMapped(const Scope& scope, const Dependencies& dependencies);

}  // namespace trunkline::cloud::cloudformation
