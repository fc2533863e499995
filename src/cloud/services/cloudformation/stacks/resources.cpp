#include "cloud/services/cloudformation/stacks/resources.h"

#include "base/json_write.h"
#include "base/random.h"
#include "cloud/services/cloudformation/stacks/events.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::string_view kLiveMembers[] = {
    "PhysicalResourceId",  "Reference",    "Attributes",
    "Properties",          "ResourceType", "DeletionPolicy",
    "UpdateReplacePolicy", "Metadata",     "DependsOn",
    "StackTags",           "Shown"};

}  // namespace

std::optional<json::Object> FindResource(Context& context, std::string_view stack_id,
                                         std::string_view logical_id) {
  const Record* found =
      context.store.Find(context.RegionScope(), kResource, ResourceId(stack_id, logical_id));
  if (!found) return std::nullopt;
  return found->body;
}

void PutResource(Context& context, std::string_view stack_id, json::Object body) {
  const std::string logical(body.GetString("LogicalResourceId"));
  context.store.Put(context.RegionScope(), kResource,
                    {.id = ResourceId(stack_id, logical),
                     .parent = std::string(stack_id),
                     .name = logical,
                     .body = std::move(body)});
}

void DropResource(Context& context, std::string_view stack_id, std::string_view logical_id) {
  context.store.Delete(context.RegionScope(), kResource, ResourceId(stack_id, logical_id));
}

std::vector<json::Object> ListResources(Context& context, std::string_view stack_id) {
  std::vector<json::Object> made;
  for (const Record* record : context.store.List(context.RegionScope(), kResource, stack_id))
    made.push_back(record->body);
  return made;
}

void SetResourceStatus(Context& context, const StackIdentity& stack, json::Object& body,
                       const StatusChange& change) {
  body.Set("ResourceStatus", change.status);
  body.Remove("ResourceStatusReason");
  body.SetIfNotEmpty("ResourceStatusReason", change.reason);
  body.Set("LastUpdatedTimestamp", Timestamp(context));
  const std::string_view physical =
      change.physical_id.empty() ? body.GetString("PhysicalResourceId") : change.physical_id;
  json::Object event{{"LogicalResourceId", body.GetString("LogicalResourceId")},
                     {"PhysicalResourceId", physical},
                     {"ResourceType", body.GetString("ResourceType")},
                     {"ResourceStatus", change.status}};
  event.SetIfNotEmpty("ResourceStatusReason", change.reason);
  if (change.shown) body.Set("Shown", *change.shown);
  const json::Value* shown = body.Find(body.Has("Shown") ? "Shown" : "Properties");
  if (shown && !change.cleanup) event.Set("ResourceProperties", json::Write(*shown));
  AddEvent(context, stack, std::move(event));
}

const json::Value* AttributeOf(const json::Object& body, std::string_view attribute) {
  const json::Value* value = body.GetObject("Attributes").Find(attribute);
  return value ? value : body.GetObject("Properties").Find(attribute);
}

json::Object LiveMembers(const json::Object& body) {
  json::Object members;
  for (const std::string_view name : kLiveMembers) {
    if (const json::Value* value = body.Find(name)) members.Set(name, *value);
  }
  return members;
}

void RestoreMembers(json::Object& body, const json::Object& members) {
  for (const std::string_view name : kLiveMembers) {
    body.Remove(name);
    if (const json::Value* value = members.Find(name)) body.Set(name, *value);
  }
}

void KeepStable(json::Object& body) {
  if (!body.Has("Stable")) body.Set("Stable", LiveMembers(body));
}

void AddLeftover(Context& context, std::string_view stack_id, const json::Object& members,
                 std::string_view policy) {
  if (members.GetString("PhysicalResourceId").empty()) return;
  json::Object body = members;
  body.Set("Policy", policy);
  const std::string id = NewUuid(context.random);
  context.store.Put(
      context.RegionScope(), kLeftover,
      {.id = id, .parent = std::string(stack_id), .name = id, .body = std::move(body)});
}

std::vector<Record> ListLeftovers(Context& context, std::string_view stack_id) {
  std::vector<Record> made;
  for (const Record* record : context.store.List(context.RegionScope(), kLeftover, stack_id))
    made.push_back(*record);
  return made;
}

Dependencies RecordedDependencies(const std::vector<json::Object>& resources) {
  Dependencies made;
  for (const json::Object& resource : resources) {
    std::set<std::string>& needs = made[std::string(resource.GetString("LogicalResourceId"))];
    for (const json::Value& name : resource.GetArray("DependsOn")) needs.insert(name.AsString());
  }
  return made;
}

}  // namespace trunkline::cloud::cloudformation
