#include "functions/function.h"

#include "functions/list.h"

namespace trunkline::functions {

std::span<const Function* const> AllFunctions() {
#define TL_FUNCTION_ROW(name) &k##name##Function,
  static constexpr const Function* kRows[] = {TL_FUNCTIONS(TL_FUNCTION_ROW)};
#undef TL_FUNCTION_ROW
  return kRows;
}

const Function* FindFunction(std::string_view name) {
  for (const Function* function : AllFunctions()) {
    if (function->name == name) return function;
  }
  return nullptr;
}

}  // namespace trunkline::functions
