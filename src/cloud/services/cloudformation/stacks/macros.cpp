#include "cloud/services/cloudformation/stacks/macros.h"

#include <fmt/format.h>

#include "cloud/services/cloudformation/template/read.h"

namespace trunkline::cloud::cloudformation {

Answer<json::Value> CallMacro(Context& context, const MacroCall& call) {
  return ValidationError(fmt::format("No transform named {}::{} found.", context.caller.account,
                                     call.name));
}

}  // namespace trunkline::cloud::cloudformation
