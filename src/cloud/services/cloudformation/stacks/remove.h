// Deletes physical resources: a whole stack's, or what an operation leaves behind.
#pragma once

#include "cloud/services/cloudformation/stacks/run.h"

namespace trunkline::cloud::cloudformation {

struct RemoveOptions {
  std::vector<std::string> retained;  // by request: their resources stay
  bool retain_failures = false;       // FORCE_DELETE_STACK: what cannot be deleted stays
  bool rolling_back = false;          // of a create: RetainExceptOnCreate does not retain
  bool cleanup = false;               // of an update
};

// All resources of the stack, in reverse order. False: some are left, with DELETE_FAILED.
net::aw<bool> RemoveAll(RunPointer run, RemoveOptions options);

// What the operation leaves behind once it is complete: resources that are no longer in the target,
// the old ones of those that were replaced, leftovers. A deletion that fails is told, and
// forgotten.
net::aw<void> CleanUp(RunPointer run, bool rolling_back);

// Moves the old physical resources of replaced ones to the leftovers: in the transaction that ends
// the forward part of an operation, and before a stack is deleted.
void CollectReplaced(Context& context, const std::string& stack_id);

}  // namespace trunkline::cloud::cloudformation
