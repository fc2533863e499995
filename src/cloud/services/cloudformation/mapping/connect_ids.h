// Keys of Connect's resources, which stand in their ARNs:
// arn:aws:connect:<Region>:<account>:instance/<instance>/queue/<queue>.
#pragma once

#include "base/json.h"
#include "cloud/services/cloudformation/mapping/mapping.h"

namespace trunkline::cloud::cloudformation {

// InstanceId, and the second word of the mapping's keys; what stands behind a colon (a version) is
// the third.
json::Object KeysOfConnectArn(const Mapping& mapping, const ResourceOrder& order);

// For what belongs to a flow, a module or a view: adds the InstanceId that its ARN names.
Answer<void> AddInstanceOfOwner(const WaitContext& context, const ResourceOrder& order,
                                json::Object& properties);

// For versions: their number stands at the end of the physical id.
void AddVersionOfId(const WaitContext& context, const ResourceOrder& order, json::Object& known);

}  // namespace trunkline::cloud::cloudformation
