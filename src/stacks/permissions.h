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

// Reading what is there, of the instance and of the rest: every delivery begins so.
json::Array ReadInstancePermissions(const OwnNames& names);
json::Array ReadCenterPermissions(const OwnNames& names);
// Instance, storage, queues, hours, SSM parameters.
json::Array InstancePermissions(const OwnNames& names);
// Flows, modules, the mapping function with its role.
json::Array FlowPermissions(const OwnNames& names, json::Value boundary_arn);
// Hours, prompts.
json::Array ObjectPermissions(const OwnNames& names);
// Bots, functions, the roles they run in, and that Amazon Connect may use them.
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
