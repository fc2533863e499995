// Keys of what belongs to something else: its own id is the physical id, its owner's is a property.
#pragma once

#include "base/json.h"
#include "cloud/services/cloudformation/mapping/mapping.h"

namespace trunkline::cloud::cloudformation {

// The first of the mapping's keys is the physical id, the others are properties.
json::Object KeysOfOwned(const Mapping& mapping, const ResourceOrder& order);
// All of the mapping's keys are properties; the physical id is only a name.
json::Object KeysOfProperties(const Mapping& mapping, const ResourceOrder& order);

}  // namespace trunkline::cloud::cloudformation
