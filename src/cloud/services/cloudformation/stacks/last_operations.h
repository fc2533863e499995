// LastOperations of a stack: what was last done to it, with the roll back that it came to. Their
// ids tell its events apart.
#pragma once

#include <string>
#include <string_view>

#include "cloud/services/cloudformation/stacks/operation.h"

namespace trunkline::cloud::cloudformation {

// What clients know an operation as.
std::string_view OperationType(const OperationOrder& order);

// The operation comes first from now on; `alone`: those before it are history.
void NoteOperation(Context& context, std::string_view stack_id, std::string_view type,
                   const std::string& id, bool alone);

}  // namespace trunkline::cloud::cloudformation
