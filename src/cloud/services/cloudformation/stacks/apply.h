// Brings a stack's resources to what a revision says.
#pragma once

#include "cloud/services/cloudformation/stacks/run.h"

namespace trunkline::cloud::cloudformation {

// Creates, updates and replaces in the order of dependencies; what is to go is left for the
// cleanup. False: something failed, and the resources that did say so.
net::aw<bool> Apply(RunPointer run);

// How a resource differs from what is wanted of it.
enum class Difference { kNone, kUpdate, kReplace };
Difference Compare(const ResourceType& type, const json::Object& live, const json::Object& wanted);

// Whether the stack's tags, which a resource that can be tagged carries, are others than when it
// was made.
bool TagsChanged(const ResourceType& type, const json::Object& resource,
                 const json::Object& revision);

}  // namespace trunkline::cloud::cloudformation
