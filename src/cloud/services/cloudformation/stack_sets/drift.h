// Drift of a stack set: that of the stacks of its instances.
#pragma once

#include <string>

#include "cloud/services/cloudformation/stack_sets/stack_set.h"
#include "cloud/wait.h"

namespace trunkline::cloud::cloudformation {

inline constexpr std::string_view kDetectDrift = "DETECT_DRIFT";  // the action of an operation

// Detects the drift of a stack in the context of its account and Region, and waits for it. The
// answer is what DescribeStackDriftDetectionStatus gives.
net::aw<Answer<json::Object>> DetectDriftOf(WaitContext context, std::string stack_id);

// What an operation that detects drift begins, or has ended, as `status` says: kept with the set
// and, where it ends, with the operation.
void SetDriftDetails(Context& context, const std::string& set_id, std::string_view status,
                     json::Object* operation);

}  // namespace trunkline::cloud::cloudformation
