// Macros: transforms that a Lambda function makes.
#pragma once

#include "cloud/context.h"
#include "cloud/services/cloudformation/template/transform.h"

namespace trunkline::cloud::cloudformation {

// What the macro of this name made of the fragment.
Answer<json::Value> CallMacro(Context& context, const MacroCall& call);

}  // namespace trunkline::cloud::cloudformation
