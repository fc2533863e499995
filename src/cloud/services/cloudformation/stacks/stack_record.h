// Makes and shows the record of a stack.
#pragma once

#include "cloud/services/cloudformation/stacks/operation.h"
#include "cloud/services/cloudformation/stacks/records.h"
#include "cloud/services/cloudformation/stacks/revision.h"

namespace trunkline::cloud::cloudformation {

// Where a nested stack hangs.
struct StackParent {
  std::string parent_id;
  std::string root_id;
};

Answer<void> CheckStackName(std::string_view name);
// A name that a caller gives as `member`; `pattern` is what the service says of it.
Answer<void> CheckName(std::string_view name, std::string_view member, std::string_view pattern);
// The RollbackConfiguration of an input: its triggers are alarms.
Answer<void> CheckRollbackTriggers(const json::Object& input);
// A new stack, without a status yet: the operation sets it.
void PutNewStack(Context& context, const StackIdentity& stack, const json::Object& input,
                 const StackParent& parent);
// Makes the revision the present one: what DescribeStacks shows from now on.
void AdoptRevision(Context& context, const StackIdentity& stack, const json::Object& input,
                   const std::string& revision_id, const json::Object& revision);

// As DescribeStacks shows it.
json::Object ShowStack(Context& context, const Record& stack);

// Begins a stack; used by CreateStack and by nested stacks. The answer is its id.
Answer<StackIdentity> BeginCreate(Context& context, const json::Object& input,
                                  const StackParent& parent);
// The operation of a creation: of CreateStack, or of a change set that is executed.
Answer<void> StartCreate(Context& context, const StackIdentity& stack, const json::Object& input,
                         const std::string& revision_id);

struct UpdateResult {
  StackIdentity stack;
  bool changes = true;  // false: there is nothing to update, and nothing was begun
};
Answer<UpdateResult> BeginUpdate(Context& context, const json::Object& input);
// The operation of an update; `kind` is "UPDATE" or "IMPORT".
Answer<void> StartUpdate(Context& context, const Record& stack, const json::Object& input,
                         const std::string& revision_id, json::Object members,
                         std::string_view kind);
// Whether an update may begin in this status.
Answer<void> CheckUpdatable(const Record& stack);

// Begins a deletion; false: the stack is gone already.
Answer<bool> BeginDelete(Context& context, const json::Object& input, bool nested);

}  // namespace trunkline::cloud::cloudformation
