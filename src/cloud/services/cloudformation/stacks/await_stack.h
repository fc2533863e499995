// Waits for another stack's operation to end.
#pragma once

#include <functional>
#include <string>

#include "cloud/services/cloudformation/stacks/records.h"
#include "cloud/wait.h"

namespace trunkline::cloud::cloudformation {

// The stack when it is no longer in progress. When `cancelled` (which may be null) says so, its
// operation is asked to end, and waited for.
net::aw<Answer<Record>> AwaitStack(WaitContext context, std::string id,
                                   std::function<bool()> cancelled);

}  // namespace trunkline::cloud::cloudformation
