// What Trunkline's own code needs in a target account, by what it delivers: the same statements for
// the operator role (`trunkline apply`), the instance workflow's function and the provisioner.
//
// Sources: the calls of src/deploy, and for creating an instance the permissions that AWS documents
// for its caller (aws-platform facts, 9.1).
#pragma once

#include <string>

#include "base/json.h"

namespace trunkline::stacks {

// Names as they stand in ARNs: fixed, with '*', or "${pParameter}" of the template.
struct OwnNames {
  std::string instance;  // "acme-dev-*": instances, and what is named after them
  std::string bucket;    // "acme-dev-*": the storage bucket
};

// Of these a role takes what it needs; no two give the same permission, so that each is needed.
//
// Reading the instance, its storage, and the rest: every delivery begins so.
json::Array ReadInstancePermissions();
json::Array ReadStoragePermissions(const OwnNames& names);
json::Array ReadCenterPermissions(const OwnNames& names);
// Of bots, what finding their aliases needs beside ReadCenterPermissions, and what delivering does.
json::Object FindAliasesPermissions();
json::Object ReadBotsPermissions();
// Instance, storage, queues, SSM parameters.
json::Array InstancePermissions(const OwnNames& names);
// Hours that come along with a queue of the instance; of all others ObjectPermissions.
json::Object HoursPermissions();
// The tags of what Trunkline manages in an instance, and of `more`.
json::Object TagPermissions(json::Array more = {});
json::Array PhoneNumbers();
// Flows and modules.
json::Object FlowPermissions();
// That Amazon Connect may use functions and bots: of who brings them, and of the flows, when that
// one could not let the instance in.
json::Array UsePermissions(const OwnNames& names);
// The mapping function and its role, which belong to the flows. CodePermissions give them, too.
json::Array MapPermissions(const OwnNames& names, json::Value boundary_arn);
// Hours, prompts.
json::Array ObjectPermissions(const OwnNames& names);
// Bots, functions, and the roles they run in.
json::Array CodePermissions(const OwnNames& names, json::Value boundary_arn);
// Beside FlowPermissions: taking away what a delivery published before it failed, or a map that was
// not there before.
json::Array UndoMapPermissions(const OwnNames& names);
// Beside all of those: putting back what a delivery changed before it failed, and reading what
// drift compares.
json::Array UndoPermissions(const OwnNames& names);
// The custom resource of the user's own templates: docs/association.md.
json::Array AssociationPermissions();
// Claiming numbers, attaching and releasing them.
json::Array PhonePermissions();

}  // namespace trunkline::stacks
