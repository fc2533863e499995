// The records of change sets.
#pragma once

#include "cloud/services/cloudformation/stacks/records.h"

namespace trunkline::cloud::cloudformation {

// By "ChangeSetName", an ARN or a name with "StackName": ChangeSetNotFound.
Answer<Record> FindChangeSet(Context& context, const json::Object& input);
// Forgets a stack's change sets and their templates, but for the one that is carried out.
void DropChangeSets(Context& context, std::string_view stack_id, std::string_view kept_id);
void DropChangeSet(Context& context, const std::string& id);

}  // namespace trunkline::cloud::cloudformation
