// The records of change sets.
//
// One that was carried out is found by its ARN for as long as the next one is not, also after its
// stack was deleted; its name is free again (seen in recordings of the service).
#pragma once

#include "cloud/services/cloudformation/stacks/records.h"

namespace trunkline::cloud::cloudformation {

// By "ChangeSetName", an ARN or a name with "StackName": ChangeSetNotFound.
Answer<Record> FindChangeSet(Context& context, const json::Object& input);
// The stack's change set of this name that was not carried out, or else the one that was; null:
// there is none.
const Record* FindChangeSetByName(Context& context, std::string_view stack_id,
                                  std::string_view name);
bool IsExecuted(const Record& change_set);

// Forgets a stack's change sets and their templates, but for what was carried out.
void DropChangeSets(Context& context, std::string_view stack_id);
// With those of the stacks nested in it; nested stacks that were made for it are deleted.
void DropChangeSet(Context& context, const std::string& id);
// The change set is carried out, with those nested in it: all others of these stacks go.
void SetExecuted(Context& context, Record change_set);
// The stack was made without them: they are kept, and cannot be carried out any more.
void SetObsolete(Context& context, std::string_view stack_id);

}  // namespace trunkline::cloud::cloudformation
