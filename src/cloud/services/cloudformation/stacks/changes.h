// What an update would change: for change sets, and to know whether there is anything to do.
//
// What another resource gives only once it is made is unknown: "{{changeSet:KNOWN_AFTER_APPLY}}",
// as the service writes it.
#pragma once

#include "cloud/services/cloudformation/stacks/resources.h"
#include "cloud/services/cloudformation/stacks/revision.h"

namespace trunkline::cloud::cloudformation {

struct ChangePlan {
  json::Array changes;    // as DescribeChangeSet shows them, with property values
  bool outputs = false;   // the outputs change
  bool settings = false;  // tags, topics
  bool empty() const { return changes.empty() && !outputs && !settings; }
};

struct ChangeInput {
  StackIdentity stack;
  const Revision* target = nullptr;
  json::Object previous;  // the present revision's body; empty for a new stack
  json::Object imports;   // by logical id
};
ChangePlan PlanChanges(Context& context, const ChangeInput& input);

// The changes without what is shown on request only (IncludePropertyValues).
json::Array WithoutValues(const json::Array& changes);

}  // namespace trunkline::cloud::cloudformation
