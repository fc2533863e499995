// Makes change sets: of a stack and, with IncludeNestedStacks, of the stacks nested in it.
//
// A nested stack that is new gets its record, in REVIEW_IN_PROGRESS, with the change set of its
// parent; the execution of the root takes it up. A nested stack in which nothing changes has no
// change set.
#pragma once

#include <string>

#include "cloud/services/cloudformation/stacks/records.h"

namespace trunkline::cloud::cloudformation {

struct ChangeSetOrder {
  Record stack;
  std::string name;
  std::string type;       // "CREATE", "UPDATE", "IMPORT"
  json::Object input;     // as CreateChangeSet takes it
  std::string parent_id;  // of a nested one: the change set of its parent
  std::string root_id;    // and that of the root
  int depth = 0;
};

struct MadeChangeSet {
  std::string id;
  bool empty = false;  // a nested one without changes: it was not kept
};
Answer<MadeChangeSet> MakeChangeSet(Context& context, const ChangeSetOrder& order);

// One that failed before it was known what it would do.
MadeChangeSet PutFailedChangeSet(Context& context, const ChangeSetOrder& order,
                                 const std::string& why);

}  // namespace trunkline::cloud::cloudformation
