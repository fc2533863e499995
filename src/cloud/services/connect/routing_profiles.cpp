#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/routing_profile_parts.h"
#include "cloud/services/connect/search.h"

namespace trunkline::cloud::connect {
namespace {

// One call at a time; chats, tasks and e-mails up to ten (the model's text).
Answer<void> CheckConcurrencies(const json::Array& concurrencies) {
  std::set<std::string_view> channels;
  for (const json::Value& entry : concurrencies) {
    const std::string_view channel = entry.AsObject().GetString("Channel");
    if (!channels.insert(channel).second) {
      return InvalidParameter(
          fmt::format("the channel {} stands twice in MediaConcurrencies", channel));
    }
    if (channel == "VOICE" && entry.AsObject().GetInt("Concurrency") != 1) {
      return InvalidParameter(fmt::format("expected a Concurrency of 1 for VOICE but got {}",
                                          entry.AsObject().GetInt("Concurrency")));
    }
  }
  return {};
}

Answer<> CreateRoutingProfile(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_DO(CheckConcurrencies(input.GetArray("MediaConcurrencies")));
  TL_TRY(const Record* outbound,
         FindResource(context, *instance, kQueue, input.GetString("DefaultOutboundQueueId")));
  TL_TRY(Record profile,
         NewResource(context, *instance, kRoutingProfile, input.GetString("Name"), input));
  profile.body.Set("InstanceId", instance->id);
  profile.body.Set("DefaultOutboundQueueId", outbound->id);
  profile.body.Set("AgentAvailabilityTimer", "TIME_SINCE_LAST_ACTIVITY");
  profile.body.Set("IsDefault", false);
  CopyMembers(input, {"MediaConcurrencies", "AgentAvailabilityTimer"}, profile.body);
  TL_DO(AddQueues(context, *instance, input, profile));
  json::Object output;
  CopyMembers(profile.body, {"RoutingProfileArn", "RoutingProfileId"}, output);
  context.store.Put(context.RegionScope(), kRoutingProfile.kind, std::move(profile));
  return output;
}

Answer<> DeleteRoutingProfile(Context& context, const json::Object& input) {
  TL_TRY(const Record* profile, FindResource(context, kRoutingProfile, input));
  if (const std::size_t users = UsersOfRoutingProfile(context, *profile); users > 0) {
    return ServiceError("ResourceInUseException",
                        fmt::format("routing profile '{}' is used by {} {}", profile->name, users,
                                    users == 1 ? "user" : "users"));
  }
  if (profile->body.GetBool("IsDefault")) {
    return InvalidRequest(
        fmt::format("routing profile '{}' is the instance's default", profile->name));
  }
  context.store.Delete(context.RegionScope(), kRoutingProfile.kind, std::string(profile->id));
  return json::Object();
}

// The distinct queues of a list of configurations.
json::Array QueueIds(const json::Array& configs) {
  std::set<std::string> ids;
  for (const json::Value& config : configs) {
    ids.emplace(config.AsObject().GetObject("QueueReference").GetString("QueueId"));
  }
  json::Array list;
  for (const std::string& id : ids) list.emplace_back(id);
  return list;
}

json::Value Shown(Context& context, const Record& profile) {
  json::Object body = profile.body;
  body.Remove("QueueConfigs");
  body.Remove("ManualAssignmentQueueConfigs");
  const json::Array& queues = profile.body.GetArray("QueueConfigs");
  const json::Array& manual = profile.body.GetArray("ManualAssignmentQueueConfigs");
  body.Set("NumberOfAssociatedQueues", queues.size());
  body.Set("NumberOfAssociatedManualAssignmentQueues", manual.size());
  body.Set("NumberOfAssociatedUsers", UsersOfRoutingProfile(context, profile));
  body.Set("AssociatedQueueIds", QueueIds(queues));
  body.Set("AssociatedManualAssignmentQueueIds", QueueIds(manual));
  return body;
}

Answer<> DescribeRoutingProfile(Context& context, const json::Object& input) {
  TL_TRY(const Record* profile, FindResource(context, kRoutingProfile, input));
  json::Object output;
  output.Set("RoutingProfile", Shown(context, *profile));
  return output;
}

json::Value ProfileSummary(Context&, const Record& profile) {
  return Summary(kRoutingProfile, profile);
}

Answer<> ListRoutingProfiles(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  return PageOf(context, input, "RoutingProfileSummaryList",
                context.store.List(context.RegionScope(), kRoutingProfile.kind, instance->id),
                ProfileSummary, {.listing = "ListRoutingProfiles " + instance->id});
}

std::vector<std::string> SearchQueueIds(const Record& profile) {
  std::vector<std::string> ids;
  for (const json::Value& id : QueueIds(profile.body.GetArray("QueueConfigs"))) {
    ids.push_back(id.AsString());
  }
  return ids;
}

constexpr SearchField kFields[] = {{"name", SearchName},
                                   {"description", SearchDescription},
                                   {"resourceID", SearchId},
                                   {"associatedQueueIds", SearchQueueIds}};

Answer<> SearchRoutingProfiles(Context& context, const json::Object& input) {
  return Search(context, input, kRoutingProfile,
                {.operation = "SearchRoutingProfiles",
                 .output = "RoutingProfiles",
                 .fields = kFields,
                 .to_value = Shown});
}

template <class Change>
Answer<> ChangeProfile(Context& context, const json::Object& input, Change change) {
  TL_TRY(const Record* found, FindResource(context, kRoutingProfile, input));
  Record profile = *found;
  TL_DO(change(profile));
  Save(context, kRoutingProfile.kind, std::move(profile));
  return json::Object();
}

Answer<> UpdateRoutingProfileAgentAvailabilityTimer(Context& context, const json::Object& input) {
  return ChangeProfile(context, input, [&](Record& profile) -> Answer<void> {
    CopyMembers(input, {"AgentAvailabilityTimer"}, profile.body);
    return {};
  });
}

Answer<> UpdateRoutingProfileConcurrency(Context& context, const json::Object& input) {
  return ChangeProfile(context, input, [&](Record& profile) -> Answer<void> {
    TL_DO(CheckConcurrencies(input.GetArray("MediaConcurrencies")));
    CopyMembers(input, {"MediaConcurrencies"}, profile.body);
    return {};
  });
}

Answer<> UpdateRoutingProfileDefaultOutboundQueue(Context& context, const json::Object& input) {
  return ChangeProfile(context, input, [&](Record& profile) -> Answer<void> {
    TL_TRY(const Record* instance, FindInstance(context, input));
    TL_TRY(const Record* queue,
           FindResource(context, *instance, kQueue, input.GetString("DefaultOutboundQueueId")));
    profile.body.Set("DefaultOutboundQueueId", queue->id);
    return {};
  });
}

Answer<> UpdateRoutingProfileName(Context& context, const json::Object& input) {
  return ChangeProfile(context, input, [&](Record& profile) {
    return Rename(context, kRoutingProfile, input, profile);
  });
}

constexpr Operation kOperations[] = {
    {.name = "CreateRoutingProfile", .handle = CreateRoutingProfile},
    {.name = "DeleteRoutingProfile", .handle = DeleteRoutingProfile},
    {.name = "DescribeRoutingProfile", .handle = DescribeRoutingProfile},
    {.name = "ListRoutingProfiles", .handle = ListRoutingProfiles},
    {.name = "SearchRoutingProfiles", .handle = SearchRoutingProfiles},
    {.name = "UpdateRoutingProfileAgentAvailabilityTimer",
     .handle = UpdateRoutingProfileAgentAvailabilityTimer},
    {.name = "UpdateRoutingProfileConcurrency", .handle = UpdateRoutingProfileConcurrency},
    {.name = "UpdateRoutingProfileDefaultOutboundQueue",
     .handle = UpdateRoutingProfileDefaultOutboundQueue},
    {.name = "UpdateRoutingProfileName", .handle = UpdateRoutingProfileName},
};
static_assert(InOrder(kOperations));

}  // namespace

std::size_t UsersOfRoutingProfile(Context& context, const Record& profile) {
  const auto users = context.store.List(context.RegionScope(), kUser.kind, profile.parent);
  return static_cast<std::size_t>(std::ranges::count_if(users, [&](const Record* user) {
    return user->body.GetString("RoutingProfileId") == profile.id;
  }));
}

extern constinit const Family kRoutingProfileOperations = kOperations;

}  // namespace trunkline::cloud::connect
