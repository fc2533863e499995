// Stack policies: what an update may do to which resource. They bind updates only, not deletions
// of the stack.
#pragma once

#include "cloud/services/cloudformation/stacks/run.h"

namespace trunkline::cloud::cloudformation {

// Whether the text is a stack policy; the error is what SetStackPolicy answers.
Answer<void> CheckPolicyText(std::string_view text);

// `action` is "update", "replace" or "delete"; a creation is always allowed. The error is the
// reason of the resource's failure.
Answer<void> CheckStackPolicy(Context& context, const Run& run, const json::Object& resource,
                              std::string_view action);

// The same for the resources that the target no longer has. For the beginning of an update.
Answer<void> CheckRemovals(Context& context, const Run& run);

}  // namespace trunkline::cloud::cloudformation
