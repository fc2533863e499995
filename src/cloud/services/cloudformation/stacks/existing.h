// ImportExistingResources: new resources of a change set that exist already are taken over.
//
// Whether one exists is asked of its service, which may take time, while a change set is made at
// once. So the making stops, with an error that names the resources in question (kLookUpNeeded);
// the operation's coroutine looks them up, and begins anew with what it found.
#pragma once

#include "cloud/services/cloudformation/stacks/records.h"
#include "cloud/services/cloudformation/template/template.h"
#include "cloud/wait.h"

namespace trunkline::cloud::cloudformation {

inline constexpr std::string_view kLookUpNeeded = "LookUpNeeded";
// A member of the input, once they were looked up: by logical id, the physical id.
inline constexpr std::string_view kExistingMember = "Existing";

// It has a name of its own, its type can be imported, and its DeletionPolicy keeps it.
bool MayExist(const TemplateResource& resource, const json::Object& properties);

// Which of them ([{LogicalResourceId, ResourceType, Properties}]) exist: by logical id, the
// physical id.
net::aw<json::Object> FindExisting(WaitContext context, json::Array named);

}  // namespace trunkline::cloud::cloudformation
