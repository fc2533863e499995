#include <array>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/connect/flow_parts.h"
#include "cloud/services/connect/instance_parts.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/routing_profile_parts.h"
#include "cloud/services/connect/security_permissions.h"
#include "flow/instance_flows.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::string_view kBasicHours = "Basic Hours";
constexpr std::string_view kBasicQueue = "BasicQueue";

constexpr std::array<std::string_view, 7> kPrompts = {"Beep.wav",
                                                      "CustomerHold.wav",
                                                      "CustomerQueue.wav",
                                                      "Music_Jazz_MyTimetoFly_Inst.wav",
                                                      "Music_Pop_ThisAndThatIsLife_Inst.wav",
                                                      "Music_Pop_ThrowYourselfInFrontOfIt_Inst.wav",
                                                      "Music_Rock_EverywhereTheSunShines_Inst.wav"};

struct StatusRow {
  std::string_view name;
  std::string_view type;
};
constexpr std::array<StatusRow, 2> kStatuses = {
    {{"Available", "ROUTABLE"}, {"Offline", "OFFLINE"}}};

json::Object Described(std::string_view description) {
  json::Object input;
  input.Set("Description", description);
  return input;
}

json::Object TimeOfDay(int hours) {
  json::Object time;
  time.Set("Hours", hours);
  time.Set("Minutes", 0);
  return time;
}

Answer<std::string> PutHours(Context& context, const Record& instance) {
  TL_TRY(Record hours,
         NewResource(context, instance, kHours, kBasicHours, Described("Nine to five, every day")));
  json::Array config;
  for (const std::string_view day :
       {"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"}) {
    json::Object slot;
    slot.Set("Day", day);
    slot.Set("StartTime", TimeOfDay(9));
    slot.Set("EndTime", TimeOfDay(17));
    config.emplace_back(std::move(slot));
  }
  hours.body.Set("TimeZone", "America/Los_Angeles");
  hours.body.Set("Config", std::move(config));
  std::string id = hours.id;
  context.store.Put(context.RegionScope(), kHours.kind, std::move(hours));
  return id;
}

Answer<std::string> PutQueue(Context& context, const Record& instance, std::string_view hours_id) {
  TL_TRY(Record queue, NewResource(context, instance, kQueue, kBasicQueue,
                                   Described("A simple, basic voice queue")));
  queue.body.Set("HoursOfOperationId", hours_id);
  queue.body.Set("Status", "ENABLED");
  std::string id = queue.id;
  context.store.Put(context.RegionScope(), kQueue.kind, std::move(queue));
  return id;
}

json::Object Concurrency(std::string_view channel, int count) {
  json::Object concurrency;
  concurrency.Set("Channel", channel);
  concurrency.Set("Concurrency", count);
  return concurrency;
}

json::Object QueueConfig(std::string_view queue_id, std::string_view channel) {
  json::Object reference;
  reference.Set("QueueId", queue_id);
  reference.Set("Channel", channel);
  json::Object config;
  config.Set("QueueReference", std::move(reference));
  config.Set("Priority", 1);
  config.Set("Delay", 0);
  return config;
}

Answer<void> PutRoutingProfile(Context& context, const Record& instance,
                               std::string_view queue_id) {
  TL_TRY(Record profile, NewResource(context, instance, kRoutingProfile, "Basic Routing Profile",
                                     Described("A simple routing profile")));
  profile.body.Set("InstanceId", instance.id);
  profile.body.Set("DefaultOutboundQueueId", queue_id);
  profile.body.Set("AgentAvailabilityTimer", "TIME_SINCE_LAST_ACTIVITY");
  profile.body.Set("IsDefault", true);
  profile.body.Set("MediaConcurrencies",
                   json::Array{Concurrency("VOICE", 1), Concurrency("CHAT", 2)});
  json::Object queues;
  queues.Set("QueueConfigs",
             json::Array{QueueConfig(queue_id, "VOICE"), QueueConfig(queue_id, "CHAT")});
  TL_DO(AddQueues(context, instance, queues, profile));
  context.store.Put(context.RegionScope(), kRoutingProfile.kind, std::move(profile));
  return {};
}

Answer<void> PutSecurityProfiles(Context& context, const Record& instance) {
  for (const DefaultSecurityProfile& row : DefaultSecurityProfiles()) {
    TL_TRY(Record profile,
           NewResource(context, instance, kSecurityProfile, row.name, Described(row.description)));
    profile.body.Set("OrganizationResourceId", instance.id);
    json::Array permissions;
    for (const std::string_view permission : row.permissions) permissions.emplace_back(permission);
    profile.body.Set("Permissions", std::move(permissions));
    context.store.Put(context.RegionScope(), kSecurityProfile.kind, std::move(profile));
  }
  return {};
}

Answer<void> PutAgentStatuses(Context& context, const Record& instance) {
  for (const StatusRow& row : kStatuses) {
    TL_TRY(Record status, NewResource(context, instance, kAgentStatus, row.name, json::Object()));
    status.body.Set("Type", row.type);
    status.body.Set("State", "ENABLED");
    context.store.Put(context.RegionScope(), kAgentStatus.kind, std::move(status));
  }
  return {};
}

Answer<void> PutPrompts(Context& context, const Record& instance) {
  for (const std::string_view name : kPrompts) {
    TL_TRY(Record prompt, NewResource(context, instance, kPrompt, name, json::Object()));
    context.store.Put(context.RegionScope(), kPrompt.kind, std::move(prompt));
  }
  return {};
}

// "${prompt:Beep.wav}" and "${queue:BasicQueue}" in the embedded flows become the instance's ARNs.
std::string Link(Context& context, const Record& instance, std::string text) {
  for (const ResourceKind* kind : {&kPrompt, &kQueue}) {
    for (const Record* record :
         context.store.List(context.RegionScope(), kind->kind, instance.id)) {
      text = Replace(text, fmt::format("${{{}:{}}}", kind->word, record->name),
                     record->body.GetString(kind->arn_member));
    }
  }
  return text;
}

Answer<void> PutFlow(Context& context, const Record& instance, std::string_view text) {
  TL_TRY(const json::Value file, json::Parse(Link(context, instance, std::string(text))));
  const json::Object& row = file.AsObject();
  TL_TRY(Record flow, NewResource(context, instance, kFlow, row.GetString("Name"), row));
  flow.body.Set("Type", row.GetString("Type"));
  flow.body.Set("State", "ACTIVE");
  PublishFlow(context, flow, json::Write(row.At("Content")));
  if (row.GetBool("Default")) {
    Record mark{.id = flow.id, .parent = instance.id, .name = std::string(row.GetString("Type"))};
    context.store.Put(context.RegionScope(), kDefaultFlow, std::move(mark));
  }
  context.store.Put(context.RegionScope(), kFlow.kind, std::move(flow));
  return {};
}

}  // namespace

Answer<void> PutDefaultResources(Context& context, const Record& instance) {
  TL_TRY(const std::string hours, PutHours(context, instance));
  TL_TRY(const std::string queue, PutQueue(context, instance, hours));
  TL_DO(PutRoutingProfile(context, instance, queue));
  TL_DO(PutSecurityProfiles(context, instance));
  TL_DO(PutAgentStatuses(context, instance));
  TL_DO(PutPrompts(context, instance));
  for (const EmbeddedFile& file : InstanceFlows()) {
    TL_DO(PutFlow(context, instance, file.bytes));
  }
  return {};
}

}  // namespace trunkline::cloud::connect
