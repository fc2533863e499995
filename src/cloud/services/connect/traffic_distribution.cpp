// What traffic distribution groups distribute: calls, agents and sign-ins between two Regions, and
// which users belong to a group.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/traffic_parts.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::int64_t kStep = 10;

Answer<> GetTrafficDistribution(Context& context, const json::Object& input) {
  TL_TRY(const TrafficGroup found, FindTrafficGroup(context, input.GetString("Id")));
  json::Object output;
  CopyMembers(found.group->body, {"TelephonyConfig", "Id", "Arn", "SignInConfig", "AgentConfig"},
              output);
  return output;
}

// A row for each of the two Regions, and no other.
Answer<void> CheckRegions(const json::Array& rows, std::string_view name, const Scope& scope,
                          std::string_view other) {
  const auto count = [&](std::string_view region) {
    return std::ranges::count_if(
        rows, [&](const json::Value& row) { return row.AsObject().GetString("Region") == region; });
  };
  if (rows.size() == 2 && count(scope.region) == 1 && count(other) == 1) return {};
  return InvalidRequest(fmt::format("the distributions of {} must name the Regions {} and {} once",
                                    name, scope.region, other));
}

Answer<void> CheckPercentages(const json::Array& rows, std::string_view name) {
  std::int64_t sum = 0;
  for (const json::Value& row : rows) {
    const std::int64_t percentage = row.AsObject().GetInt("Percentage");
    if (percentage % kStep != 0) {
      return InvalidRequest(
          fmt::format("the percentages of {} go in steps of {}: {} is none of "
                      "them",
                      name, kStep, percentage));
    }
    sum += percentage;
  }
  if (sum == 100) return {};
  return InvalidRequest(
      fmt::format("the percentages of {} must sum to 100, they sum to {}", name, sum));
}

Answer<void> CheckSignIns(const json::Array& rows, const Record& group) {
  if (!group.body.GetBool("IsDefault")) {
    return InvalidRequest(fmt::format(
        "only the default traffic distribution group has a SignInConfig, not '{}'", group.name));
  }
  const auto enabled = [](const json::Value& row) { return row.AsObject().GetBool("Enabled"); };
  if (std::ranges::any_of(rows, enabled)) return {};
  return InvalidRequest("sign-ins must be enabled in one Region at least");
}

Answer<void> TakeConfigs(const json::Object& input, const Scope& scope, std::string_view other,
                         Record& group) {
  for (const std::string_view name : {"TelephonyConfig", "AgentConfig", "SignInConfig"}) {
    const json::Value* config = input.Find(name);
    if (config == nullptr) continue;
    const json::Array& rows = config->AsObject().GetArray("Distributions");
    const bool sign_in = name == "SignInConfig";
    TL_DO(sign_in ? CheckSignIns(rows, group) : CheckPercentages(rows, name));
    TL_DO(CheckRegions(rows, name, scope, other));
    group.body.Set(name, *config);
  }
  return {};
}

Answer<> UpdateTrafficDistribution(Context& context, const json::Object& input) {
  TL_TRY(const TrafficGroup found, FindTrafficGroup(context, input.GetString("Id")));
  Record group = *found.group;
  if (group.body.GetString("Status") != "ACTIVE") {
    return ServiceError("ResourceConflictException",
                        fmt::format("traffic distribution group '{}' is being changed: its status "
                                    "is {}",
                                    group.name, group.body.GetString("Status")));
  }
  const std::string other = OtherRegion(context, found.scope, group.parent);
  TL_DO(TakeConfigs(input, found.scope, other, group));
  group.body.Set("Status", "UPDATE_IN_PROGRESS");
  ScheduleSettling(context, group, found.scope.region);
  context.store.Put(found.scope, kTrafficGroup, std::move(group));
  return json::Object();
}

// ---- users

struct Membership {
  const Record* group = nullptr;
  const Record* user = nullptr;
  std::string id;  // of the record that joins them
};

Answer<Membership> FindMembership(Context& context, const json::Object& input) {
  TL_TRY(const TrafficGroup found,
         FindOwnTrafficGroup(context, input.GetString("TrafficDistributionGroupId")));
  TL_TRY(const Record* user, FindResource(context, kUser, input));
  if (user->parent != found.group->parent) {
    return InvalidRequest(
        fmt::format("traffic distribution group '{}' belongs to another instance than user '{}'",
                    found.group->name, user->name));
  }
  return Membership{
      .group = found.group, .user = user, .id = fmt::format("{}:{}", found.group->id, user->id)};
}

Answer<> AssociateTrafficDistributionGroupUser(Context& context, const json::Object& input) {
  TL_TRY(const Membership both, FindMembership(context, input));
  Record record{.id = both.id, .parent = both.group->id, .name = both.user->id};
  context.store.Put(context.RegionScope(), kTrafficUser, std::move(record));
  return json::Object();
}

Answer<> DisassociateTrafficDistributionGroupUser(Context& context, const json::Object& input) {
  TL_TRY(const Membership both, FindMembership(context, input));
  if (context.store.Delete(context.RegionScope(), kTrafficUser, both.id)) return json::Object();
  return ServiceError("ResourceNotFoundException",
                      fmt::format("user '{}' is not in the traffic distribution group '{}'",
                                  both.user->name, both.group->name));
}

json::Value UserSummary(Context&, const Record& membership) {
  json::Object summary;
  summary.Set("UserId", membership.name);
  return summary;
}

Answer<> ListTrafficDistributionGroupUsers(Context& context, const json::Object& input) {
  TL_TRY(const TrafficGroup found,
         FindTrafficGroup(context, input.GetString("TrafficDistributionGroupId")));
  return PageOf(
      context, input, "TrafficDistributionGroupUserSummaryList",
      context.store.List(found.scope, kTrafficUser, found.group->id), UserSummary,
      {.listing = "ListTrafficDistributionGroupUsers " + found.group->id, .default_limit = 10});
}

json::Object Row(std::string_view region, std::string_view member, json::Value value) {
  json::Object row;
  row.Set("Region", region);
  row.Set(member, std::move(value));
  return row;
}

json::Object Config(json::Object first, json::Object second) {
  json::Array rows;
  rows.emplace_back(std::move(first));
  rows.emplace_back(std::move(second));
  json::Object config;
  config.Set("Distributions", std::move(rows));
  return config;
}

constexpr Operation kOperations[] = {
    {.name = "AssociateTrafficDistributionGroupUser",
     .handle = AssociateTrafficDistributionGroupUser},
    {.name = "DisassociateTrafficDistributionGroupUser",
     .handle = DisassociateTrafficDistributionGroupUser},
    {.name = "GetTrafficDistribution", .handle = GetTrafficDistribution},
    {.name = "ListTrafficDistributionGroupUsers", .handle = ListTrafficDistributionGroupUsers},
    {.name = "UpdateTrafficDistribution", .handle = UpdateTrafficDistribution},
};
static_assert(InOrder(kOperations));

}  // namespace

json::Object AllTraffic(std::string_view here, std::string_view other) {
  return Config(Row(here, "Percentage", 100), Row(other, "Percentage", 0));
}

json::Object BothSignIns(std::string_view here, std::string_view other) {
  return Config(Row(here, "Enabled", true), Row(other, "Enabled", true));
}

void LeaveTrafficGroups(Context& context, std::string_view user_id) {
  for (const Record* membership : context.store.List(context.RegionScope(), kTrafficUser)) {
    if (membership->name == user_id)
      context.store.Delete(context.RegionScope(), kTrafficUser, std::string(membership->id));
  }
}

Scope ScopeOfCalls(Store& store, const Scope& claimed, std::string_view target_arn) {
  const auto parts = Split(target_arn, ':');
  if (parts.size() != 6 || !parts[5].starts_with("traffic-distribution-group/")) return claimed;
  Scope scope{claimed.account, std::string(parts[3])};
  const Record* group = store.Find(scope, kTrafficGroup, parts[5].substr(parts[5].find('/') + 1));
  if (group == nullptr) return claimed;
  for (const json::Value& row :
       group->body.GetObject("TelephonyConfig").GetArray("Distributions")) {
    if (row.AsObject().GetInt("Percentage") > 50) scope.region = row.AsObject().GetString("Region");
  }
  return scope;
}

extern constinit const Family kTrafficDistributionOperations = kOperations;

}  // namespace trunkline::cloud::connect
