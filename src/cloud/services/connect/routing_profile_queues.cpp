#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/routing_profile_parts.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kPairs = 50;  // queue-channel pairs per routing profile

bool SamePair(const json::Object& a, const json::Object& b) {
  return a.GetString("QueueId") == b.GetString("QueueId") &&
         a.GetString("Channel") == b.GetString("Channel");
}

json::Array& ListOf(Record& profile, std::string_view member) {
  json::Value& list = profile.body[member];
  if (!list.IsArray()) list = json::Array();
  return list.AsArray();
}

// The pair a reference means in the list, or its end.
json::Array::iterator FindPair(json::Array& list, const json::Object& reference) {
  return std::ranges::find_if(list, [&](const json::Value& config) {
    return SamePair(config.AsObject().GetObject("QueueReference"), reference);
  });
}

// A reference with the queue's id instead of an ARN.
Answer<json::Object> CheckReference(Context& context, const Record& instance,
                                    const json::Object& reference) {
  TL_TRY(const Record* queue,
         FindResource(context, instance, kQueue, reference.GetString("QueueId")));
  json::Object checked = reference;
  checked.Set("QueueId", queue->id);
  return checked;
}

Answer<void> AddPairs(Context& context, const Record& instance, const json::Array& configs,
                      json::Array& list) {
  for (const json::Value& value : configs) {
    json::Object config = value.AsObject();
    TL_TRY(json::Object reference,
           CheckReference(context, instance, config.GetObject("QueueReference")));
    const auto at = FindPair(list, reference);
    config.Set("QueueReference", std::move(reference));
    if (at == list.end()) {
      list.emplace_back(std::move(config));
    } else {
      *at = std::move(config);
    }
  }
  if (list.size() <= kPairs) return {};
  return InvalidRequest(
      fmt::format("a routing profile has at most {} pairs of queue and channel", kPairs));
}

Answer<void> RemovePairs(Context& context, const Record& instance, const json::Array& references,
                         json::Array& list) {
  for (const json::Value& value : references) {
    TL_TRY(const json::Object reference, CheckReference(context, instance, value.AsObject()));
    const auto at = FindPair(list, reference);
    if (at == list.end()) {
      return InvalidRequest(
          fmt::format("queue '{}' with the channel {} is not in the routing profile",
                      reference.GetString("QueueId"), reference.GetString("Channel")));
    }
    list.erase(at);
  }
  return {};
}

template <class Change>
Answer<> ChangeQueues(Context& context, const json::Object& input, Change change) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_TRY(const Record* found, FindResource(context, kRoutingProfile, input));
  Record profile = *found;
  TL_DO(change(*instance, profile));
  Save(context, kRoutingProfile.kind, std::move(profile));
  return json::Object();
}

Answer<> AssociateRoutingProfileQueues(Context& context, const json::Object& input) {
  return ChangeQueues(context, input, [&](const Record& instance, Record& profile) {
    return AddQueues(context, instance, input, profile);
  });
}

Answer<> DisassociateRoutingProfileQueues(Context& context, const json::Object& input) {
  return ChangeQueues(context, input, [&](const Record& instance, Record& profile) -> Answer<void> {
    TL_DO(RemovePairs(context, instance, input.GetArray("QueueReferences"),
                      ListOf(profile, "QueueConfigs")));
    return RemovePairs(context, instance, input.GetArray("ManualAssignmentQueueReferences"),
                       ListOf(profile, "ManualAssignmentQueueConfigs"));
  });
}

// A page of a list of configurations, each with its queue's name and ARN.
Answer<> ListPairs(Context& context, const json::Object& input, std::string_view list,
                   std::string_view output_member, std::string_view operation) {
  TL_TRY(const Record* profile, FindResource(context, kRoutingProfile, input));
  std::vector<PageItem> items;
  for (const json::Value& value : profile->body.GetArray(list)) {
    const json::Object& reference = value.AsObject().GetObject("QueueReference");
    const Record* queue =
        context.store.Find(context.RegionScope(), kQueue.kind, reference.GetString("QueueId"));
    json::Object summary;
    summary.Set("QueueId", queue->id);
    summary.Set("QueueArn", queue->body.GetString("QueueArn"));
    summary.Set("QueueName", queue->name);
    summary.Set("Channel", reference.GetString("Channel"));
    CopyMembers(value.AsObject(), {"Priority", "Delay"}, summary);
    items.push_back(
        {.key = fmt::format("{}/{}/{}", queue->name, queue->id, reference.GetString("Channel")),
         .value = std::move(summary)});
  }
  TL_TRY(json::Object output, PageOf(input, output_member, std::move(items),
                                     {.listing = fmt::format("{} {}", operation, profile->id)}));
  CopyMembers(profile->body, {"LastModifiedTime", "LastModifiedRegion"}, output);
  return output;
}

Answer<> ListRoutingProfileManualAssignmentQueues(Context& context, const json::Object& input) {
  return ListPairs(context, input, "ManualAssignmentQueueConfigs",
                   "RoutingProfileManualAssignmentQueueConfigSummaryList",
                   "ListRoutingProfileManualAssignmentQueues");
}

Answer<> ListRoutingProfileQueues(Context& context, const json::Object& input) {
  return ListPairs(context, input, "QueueConfigs", "RoutingProfileQueueConfigSummaryList",
                   "ListRoutingProfileQueues");
}

// Changes priorities and delays of pairs that are there.
Answer<> UpdateRoutingProfileQueues(Context& context, const json::Object& input) {
  return ChangeQueues(context, input, [&](const Record& instance, Record& profile) -> Answer<void> {
    for (const json::Value& config : input.GetArray("QueueConfigs")) {
      TL_TRY(const json::Object reference,
             CheckReference(context, instance, config.AsObject().GetObject("QueueReference")));
      json::Array& list = ListOf(profile, "QueueConfigs");
      if (FindPair(list, reference) == list.end()) {
        return InvalidRequest(fmt::format(
            "queue '{}' with the channel {} is not in the routing profile: associate it",
            reference.GetString("QueueId"), reference.GetString("Channel")));
      }
    }
    return AddQueues(context, instance, input, profile);
  });
}

constexpr Operation kOperations[] = {
    {.name = "AssociateRoutingProfileQueues", .handle = AssociateRoutingProfileQueues},
    {.name = "DisassociateRoutingProfileQueues", .handle = DisassociateRoutingProfileQueues},
    {.name = "ListRoutingProfileManualAssignmentQueues",
     .handle = ListRoutingProfileManualAssignmentQueues},
    {.name = "ListRoutingProfileQueues", .handle = ListRoutingProfileQueues},
    {.name = "UpdateRoutingProfileQueues", .handle = UpdateRoutingProfileQueues},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<void> AddQueues(Context& context, const Record& instance, const json::Object& input,
                       Record& profile) {
  TL_DO(
      AddPairs(context, instance, input.GetArray("QueueConfigs"), ListOf(profile, "QueueConfigs")));
  return AddPairs(context, instance, input.GetArray("ManualAssignmentQueueConfigs"),
                  ListOf(profile, "ManualAssignmentQueueConfigs"));
}

extern constinit const Family kRoutingProfileQueueOperations = kOperations;

}  // namespace trunkline::cloud::connect
