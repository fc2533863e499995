// What an update would change: for change sets, and to know whether there is anything to do.
//
// What another resource gives only once it is made is unknown: "{{changeSet:KNOWN_AFTER_APPLY}}",
// as the service writes it.
#pragma once

#include <functional>

#include "cloud/services/cloudformation/stacks/resources.h"
#include "cloud/services/cloudformation/stacks/revision.h"

namespace trunkline::cloud::cloudformation {

struct ChangePlan {
  json::Array changes;      // as DescribeChangeSet shows them
  json::Array values;       // as it shows them with property values
  json::Array nested;       // [{LogicalResourceId, ChangeSetId}]: change sets of nested stacks
  bool outputs = false;     // the outputs change
  bool settings = false;    // tags, topics
  bool has_nested = false;  // there are nested stacks, and they were looked into
  // New resources that have names of their own and outlive their stack: [{LogicalResourceId,
  // ResourceType, Properties}]. They may exist already.
  json::Array named;
  std::string problem;  // a nested stack cannot be changed as is asked for
  bool empty() const { return changes.empty() && !outputs && !settings; }
};

// A nested stack as it is to be.
struct NestedStack {
  std::string logical_id;
  std::string physical_id;  // empty: it is new
  json::Object properties;
};
struct NestedChanges {
  std::string change_set_id;  // empty: nothing changes in it
  std::string problem;
};

struct ChangeInput {
  StackIdentity stack;
  const Revision* target = nullptr;
  json::Object previous;  // the present revision's body; empty for a new stack
  json::Object imports;   // by logical id
  // Looks into a nested stack. Null: nobody does, and each of them may change.
  std::function<NestedChanges(const NestedStack& nested)> look_into;
};
ChangePlan PlanChanges(Context& context, const ChangeInput& input);

}  // namespace trunkline::cloud::cloudformation
