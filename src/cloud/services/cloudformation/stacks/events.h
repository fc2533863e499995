// A stack's events, and the changes of status that they tell.
#pragma once

#include <string>
#include <string_view>

#include "cloud/services/cloudformation/stacks/records.h"

namespace trunkline::cloud::cloudformation {

// Adds an event with a time of its own: each is at least a millisecond after the one before, as
// clients sort by it. `event` has LogicalResourceId, PhysicalResourceId, ResourceType,
// ResourceStatus and what else there is; the stack's members are added here.
void AddEvent(Context& context, const StackIdentity& stack, json::Object event);

// The stack's status with its event. An empty reason is left out.
void SetStackStatus(Context& context, std::string_view stack_id, std::string_view status,
                    std::string_view reason = {});

}  // namespace trunkline::cloud::cloudformation
