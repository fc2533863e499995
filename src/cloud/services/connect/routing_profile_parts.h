// Routing profiles: what their operations and users share.
//
// The record's body holds, beside Describe's members, QueueConfigs: [{QueueReference: {QueueId,
// Channel}, Priority, Delay}], and ManualAssignmentQueueConfigs: [{QueueReference}].
#pragma once

#include <string>

#include "cloud/context.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {

// The input's QueueConfigs and ManualAssignmentQueueConfigs put into the profile: new pairs of
// queue and channel are added, known ones replaced. Queues that do not exist are
// ResourceNotFoundException; more than 50 pairs InvalidRequestException (AWS admin guide).
Answer<void> AddQueues(Context& context, const Record& instance, const json::Object& input,
                       Record& profile);

// How many users have the profile.
std::size_t UsersOfRoutingProfile(Context& context, const Record& profile);

}  // namespace trunkline::cloud::connect
