#include "cloud/services/connect/traffic_groups.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/jobs.h"
#include "cloud/services/connect/client_tokens.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/phone_numbers.h"
#include "cloud/services/connect/replication_parts.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/traffic_parts.h"

namespace trunkline::cloud {

namespace connect {
namespace {

constexpr Milliseconds kSettleTime = std::chrono::seconds(10);
constexpr std::size_t kPerInstance = 100;  // our bound: AWS publishes none

void DeleteGroup(Context& context, const Scope& scope, const std::string& id) {
  for (const Record* user : context.store.List(scope, kTrafficUser, id)) {
    context.store.Delete(scope, kTrafficUser, std::string(user->id));
  }
  context.store.Delete(scope, kTrafficGroup, id);
}

// A group whose change takes its time is ready, or gone.
Answer<void> Settle(Context& context, const json::Object& payload) {
  const Scope scope{context.caller.account, std::string(payload.GetString("Region"))};
  const Record* found = context.store.Find(scope, kTrafficGroup, payload.GetString("Id"));
  if (found == nullptr) return {};  // went with its instance
  Record group = *found;
  if (group.body.GetString("Status") == "PENDING_DELETION") {
    DeleteGroup(context, scope, group.id);
    return {};
  }
  group.body.Set("Status", "ACTIVE");
  context.store.Put(scope, kTrafficGroup, std::move(group));
  return {};
}

}  // namespace
}  // namespace connect

extern constinit const JobKind kSettleTrafficGroupJob{.name = "connect.settle-traffic-group",
                                                      .run = connect::Settle};

namespace connect {
namespace {

std::string GroupArn(std::string_view region, std::string_view account, std::string_view id) {
  return fmt::format("arn:aws:connect:{}:{}:traffic-distribution-group/{}", region, account, id);
}

Record NewGroup(Context& context, const Record& instance, std::string_view name,
                const json::Object& input, std::string_view other_region) {
  Record group{.id = NewUuid(context.random), .parent = instance.id, .name = std::string(name)};
  group.body.Set("Id", group.id);
  group.body.Set("Arn", GroupArn(context.region, context.caller.account, group.id));
  group.body.Set("Name", name);
  CopyMembers(input, {"Description"}, group.body);
  group.body.Set("InstanceArn", InstanceArn(context, instance.id));
  group.body.Set("Tags", input.GetObject("Tags"));
  group.body.Set("IsDefault", false);
  group.body.Set("TelephonyConfig", AllTraffic(context.region, other_region));
  group.body.Set("AgentConfig", AllTraffic(context.region, other_region));
  return group;
}

Answer<void> CheckNewName(Context& context, const Record& instance, std::string_view name) {
  const Scope scope = context.RegionScope();
  if (context.store.FindByName(scope, kTrafficGroup, instance.id, name) != nullptr) {
    return ServiceError(
        "ResourceConflictException",
        fmt::format("a traffic distribution group named '{}' already exists in instance '{}'", name,
                    NameOf(instance)));
  }
  if (context.store.List(scope, kTrafficGroup, instance.id).size() < kPerInstance) return {};
  return ServiceError("ServiceQuotaExceededException",
                      fmt::format("instance '{}' already has {} traffic distribution groups",
                                  NameOf(instance), kPerInstance));
}

// Groups are made in the Region that was replicated, when it was.
Answer<std::string> ReplicaRegion(const Record& instance, std::string_view region) {
  const json::Object& replication = instance.body.GetObject(kReplication);
  if (replication.empty()) {
    return InvalidRequest(
        fmt::format("instance '{}' is not replicated: a traffic distribution group needs a replica",
                    NameOf(instance)));
  }
  if (replication.GetString("SourceRegion") != region) {
    return InvalidRequest(
        fmt::format("instance '{}' is a replica: traffic distribution groups are "
                    "made in its source Region {}",
                    NameOf(instance), replication.GetString("SourceRegion")));
  }
  for (const json::Value& value : replication.GetArray("ReplicationStatusSummaryList")) {
    const json::Object& half = value.AsObject();
    if (half.GetString("ReplicationStatus") != kReplicated) {
      return ServiceError("ResourceNotReadyException",
                          fmt::format("instance '{}' is still being replicated", NameOf(instance)));
    }
    if (half.GetString("Region") != region) return std::string(half.GetString("Region"));
  }
  return std::string();
}

Answer<> CreateTrafficDistributionGroup(Context& context, const json::Object& input) {
  TL_TRY(const auto before, AnsweredBefore(context, "CreateTrafficDistributionGroup", input,
                                           "InvalidRequestException"));
  if (before) return *before;
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_TRY(const std::string replica, ReplicaRegion(*instance, context.region));
  const std::string_view name = input.GetString("Name");
  TL_DO(CheckNewName(context, *instance, name));
  Record group = NewGroup(context, *instance, name, input, replica);
  group.body.Set("Status", "CREATION_IN_PROGRESS");
  json::Object output;
  CopyMembers(group.body, {"Id", "Arn"}, output);
  ScheduleSettling(context, group, context.region);
  context.store.Put(context.RegionScope(), kTrafficGroup, std::move(group));
  RememberAnswer(context, "CreateTrafficDistributionGroup", input, output);
  return output;
}

Answer<void> CheckUnused(Context& context, const TrafficGroup& found) {
  const std::string_view arn = found.group->body.GetString("Arn");
  for (const Record* number : context.store.List(found.scope, kPhoneNumber, found.group->parent)) {
    if (number->body.GetString("TargetArn") != arn) continue;
    json::Object members;
    members.Set("ResourceType", "PHONE_NUMBER");
    members.Set("ResourceId", number->body.GetString("PhoneNumberArn"));
    return ServiceError("ResourceInUseException",
                        fmt::format("traffic distribution group '{}' has the phone number '{}'",
                                    found.group->name, number->name),
                        std::move(members));
  }
  return {};
}

// The row of this operation has no ResourceNotFoundException.
Answer<> DeleteTrafficDistributionGroup(Context& context, const json::Object& input) {
  TL_TRY(const TrafficGroup found, AsInvalidRequest(FindOwnTrafficGroup(
                                       context, input.GetString("TrafficDistributionGroupId"))));
  Record group = *found.group;
  if (group.body.GetBool("IsDefault")) {
    return InvalidRequest(
        "the default traffic distribution group goes with the replica, and cannot be deleted");
  }
  TL_DO(CheckUnused(context, found));
  group.body.Set("Status", "PENDING_DELETION");
  ScheduleSettling(context, group, context.region);
  context.store.Put(found.scope, kTrafficGroup, std::move(group));
  return json::Object();
}

Answer<> DescribeTrafficDistributionGroup(Context& context, const json::Object& input) {
  TL_TRY(const TrafficGroup found,
         FindTrafficGroup(context, input.GetString("TrafficDistributionGroupId")));
  json::Object output;
  output.Set("TrafficDistributionGroup", found.group->body);
  return output;
}

json::Value GroupSummary(Context&, const Record& group) {
  json::Object summary;
  CopyMembers(group.body, {"Id", "Arn", "Name", "InstanceArn", "Status", "IsDefault"}, summary);
  return summary;
}

// Those of the Region's instances, and of the instances these are replicas of.
Answer<> ListTrafficDistributionGroups(Context& context, const json::Object& input) {
  std::string only;
  if (input.Has("InstanceId")) {
    TL_TRY(const Record* instance, AsInvalidRequest(FindInstance(context, input)));
    only = instance->id;
  }
  std::vector<const Record*> groups;
  for (const Record* instance : context.store.List(context.RegionScope(), kInstance)) {
    if (!only.empty() && instance->id != only) continue;
    const std::string_view source =
        instance->body.GetObject(kReplication).GetString("SourceRegion", context.region);
    const Scope scope{context.caller.account, std::string(source)};
    for (const Record* group : context.store.List(scope, kTrafficGroup, instance->id))
      groups.push_back(group);
  }
  std::ranges::sort(groups, {},
                    [](const Record* group) { return std::tie(group->name, group->id); });
  return PageOf(context, input, "TrafficDistributionGroupSummaryList", groups, GroupSummary,
                {.listing = "ListTrafficDistributionGroups " + only, .default_limit = 10});
}

constexpr Operation kOperations[] = {
    {.name = "CreateTrafficDistributionGroup", .handle = CreateTrafficDistributionGroup},
    {.name = "DeleteTrafficDistributionGroup", .handle = DeleteTrafficDistributionGroup},
    {.name = "DescribeTrafficDistributionGroup", .handle = DescribeTrafficDistributionGroup},
    {.name = "ListTrafficDistributionGroups", .handle = ListTrafficDistributionGroups},
};
static_assert(InOrder(kOperations));

}  // namespace

void ScheduleSettling(Context& context, const Record& group, std::string_view region) {
  json::Object payload;
  payload.Set("Id", group.id);
  payload.Set("Region", region);
  context.jobs.Schedule(context, kSettleTrafficGroupJob, std::move(payload), kSettleTime);
}

std::string OtherRegion(Context& context, const Scope& scope, std::string_view instance_id) {
  const Record* instance = context.store.Find(scope, kInstance, instance_id);
  if (instance == nullptr) return {};
  for (const json::Value& half :
       instance->body.GetObject(kReplication).GetArray("ReplicationStatusSummaryList")) {
    const std::string_view region = half.AsObject().GetString("Region");
    if (region != scope.region) return std::string(region);
  }
  return {};
}

Answer<TrafficGroup> FindTrafficGroup(Context& context, std::string_view id_or_arn) {
  Scope scope = context.RegionScope();
  std::string_view id = id_or_arn;
  if (const auto parts = Split(id_or_arn, ':'); parts.size() == 6) {
    scope.region = parts[3];
    const std::string start = GroupArn(scope.region, scope.account, "");
    id = id.starts_with(start) ? id.substr(start.size()) : std::string_view();
  }
  const Record* group = id.empty() ? nullptr : context.store.Find(scope, kTrafficGroup, id);
  if (group != nullptr && (scope.region == context.region ||
                           OtherRegion(context, scope, group->parent) == context.region)) {
    return TrafficGroup{.group = group, .scope = scope};
  }
  return ServiceError(
      "ResourceNotFoundException",
      fmt::format("traffic distribution group '{}' does not exist in account {} and Region {}",
                  id_or_arn, context.caller.account, context.region));
}

Answer<TrafficGroup> FindOwnTrafficGroup(Context& context, std::string_view id_or_arn) {
  TL_TRY(TrafficGroup found, FindTrafficGroup(context, id_or_arn));
  if (found.scope.region == context.region) return found;
  return InvalidRequest(
      fmt::format("traffic distribution group '{}' was made in the Region {}: "
                  "this is done there",
                  found.group->name, found.scope.region));
}

void PutDefaultTrafficGroup(Context& context, const Record& instance, std::string_view replica) {
  Record group = NewGroup(context, instance, "default", json::Object(), replica);
  group.body.Set("IsDefault", true);
  group.body.Set("Status", "ACTIVE");
  group.body.Set("SignInConfig", BothSignIns(context.region, replica));
  context.store.Put(context.RegionScope(), kTrafficGroup, std::move(group));
}

Answer<void> CheckNoTrafficGroups(Context& context, const Scope& scope, std::string_view instance) {
  for (const Record* group : context.store.List(scope, kTrafficGroup, instance)) {
    if (group->body.GetBool("IsDefault")) continue;
    return InvalidRequest(
        fmt::format("the traffic distribution group '{}' has to be deleted first", group->name));
  }
  return {};
}

void DeleteTrafficGroups(Context& context, const Scope& scope, std::string_view instance) {
  for (const Record* group : context.store.List(scope, kTrafficGroup, instance)) {
    DeleteGroup(context, scope, std::string(group->id));
  }
}

extern constinit const Family kTrafficGroupOperations = kOperations;

}  // namespace connect
}  // namespace trunkline::cloud
