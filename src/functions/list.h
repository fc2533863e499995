// Trunkline's own functions. Add a line and write src/functions/<name>.cpp.
#pragma once

#include "functions/function.h"

// clang-format off
#define TL_FUNCTIONS(X) \
  X(Association)        \
  X(FlowProvisioner)    \
  X(Instance)           \
  X(Mapping)            \
  X(Router)
// clang-format on

namespace trunkline::functions {

#define TL_DECLARE_FUNCTION(name) extern const Function k##name##Function;
TL_FUNCTIONS(TL_DECLARE_FUNCTION)
#undef TL_DECLARE_FUNCTION

}  // namespace trunkline::functions
