// Trunkline's own functions. Add a line and write src/functions/<name>.cpp.
#pragma once

#include "functions/function.h"

// clang-format off: a line for each, so that additions merge
#define TL_FUNCTIONS(X) \
  X(Mapping)            \
  X(Router)
// clang-format on

namespace trunkline::functions {

#define TL_DECLARE_FUNCTION(name) extern const Function k##name##Function;
TL_FUNCTIONS(TL_DECLARE_FUNCTION)
#undef TL_DECLARE_FUNCTION

}  // namespace trunkline::functions
