// Drift: how a resource differs from what its stack says of it.
#pragma once

#include "cloud/services/cloudformation/stacks/run.h"

namespace trunkline::cloud::cloudformation {

// The differences of what the template sets, as PropertyDifferences: {PropertyPath, ExpectedValue,
// ActualValue, DifferenceType}. What the template does not set does not count.
json::Array FindDifferences(const ResourceType& type, const json::Object& expected,
                            const json::Object& actual);

// Reads a resource and keeps the result in its record ("Drift", as DescribeStackResourceDrifts
// shows it). The answer is that.
net::aw<Answer<json::Object>> CheckResourceDrift(RunPointer run, std::string logical_id);

}  // namespace trunkline::cloud::cloudformation
