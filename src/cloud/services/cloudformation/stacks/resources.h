// A stack's resources as they are kept. Members of a record's body:
//
//   PhysicalResourceId, Reference, Attributes, Properties, ResourceType, DeletionPolicy,
//   UpdateReplacePolicy, Metadata, DependsOn, StackTags, Shown
//                 what is: as last made or updated ("Properties" with dynamic references in them).
//                 "Shown" are the properties that events show, where they differ: what is being
//                 made, or without the values of NoEcho parameters
//   ResourceStatus, ResourceStatusReason, LastUpdatedTimestamp
//                 as DescribeStackResources shows them
//   Stable        these members as they were when the stack was complete for the last time; null
//                 when the resource was not there. Not set: nothing changed since then
//   Pending       what is under way: {Action, Token, Properties, Created}
//   Attempted     the properties of an update that failed: it may have happened in part
//   Done          the operation that has finished with it
//   Imported      taken over by an import that is not complete: never to be deleted when it fails
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/services/cloudformation/stacks/records.h"
#include "cloud/services/cloudformation/template/references.h"

namespace trunkline::cloud::cloudformation {

// Nothing: the stack has no such resource. A copy.
std::optional<json::Object> FindResource(Context& context, std::string_view stack_id,
                                         std::string_view logical_id);
void PutResource(Context& context, std::string_view stack_id, json::Object body);
void DropResource(Context& context, std::string_view stack_id, std::string_view logical_id);
std::vector<json::Object> ListResources(Context& context, std::string_view stack_id);

// Sets the status in the body, and tells it as an event of the stack.
struct StatusChange {
  std::string_view status;
  std::string_view reason = {};
  std::string_view physical_id = {};    // of the event; empty: the body's
  const json::Object* shown = nullptr;  // the properties that events show from now on
  bool cleanup = false;                 // of an update: events of a cleanup show no properties
};
void SetResourceStatus(Context& context, const StackIdentity& stack, json::Object& body,
                       const StatusChange& change);

// What Fn::GetAtt gives: an attribute, or else a property of that name (seen). Null: neither.
const json::Value* AttributeOf(const json::Object& body, std::string_view attribute);

// Keeps what was stable before the first change of an operation.
void KeepStable(json::Object& body);
// The members that a roll back restores.
json::Object LiveMembers(const json::Object& body);
void RestoreMembers(json::Object& body, const json::Object& members);

// A physical resource that is no longer a resource of the stack, to be deleted in the cleanup.
// `members` are those of a record, with its LogicalResourceId.
void AddLeftover(Context& context, std::string_view stack_id, const json::Object& members,
                 std::string_view policy);
std::vector<Record> ListLeftovers(Context& context, std::string_view stack_id);

// Which resource needs which, as recorded when they were made.
Dependencies RecordedDependencies(const std::vector<json::Object>& resources);

}  // namespace trunkline::cloud::cloudformation
