#include "cloud/contacts/record.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/contacts/host.h"
#include "cloud/contacts/record_log.h"
#include "sim/state.h"

namespace trunkline::cloud::contacts {
namespace {

json::Value Time(TimePoint time) {
  return json::Number{EpochSeconds(time)};
}

void SetTime(json::Object& object, std::string_view member, const std::optional<TimePoint>& time) {
  if (time) object.Set(member, Time(*time));
}

json::Object EndpointOf(std::string_view number) {
  return {{"Type", "TELEPHONE_NUMBER"}, {"Address", number}};
}

void SetEndpoints(const LiveContact& live, json::Object& contact) {
  if (live.plan.channel != sim::Channel::kVoice) return;
  if (!live.plan.from.empty()) contact.Set("CustomerEndpoint", EndpointOf(live.plan.from));
  if (!live.plan.number.empty()) contact.Set("SystemEndpoint", EndpointOf(live.plan.number));
}

void SetQueue(const LiveContact& live, json::Object& contact) {
  const sim::Queue* queue = live.contact.queue();
  if (!live.course.queued || queue == nullptr) return;
  json::Object info{{"Id", queue->id}};
  SetTime(info, "EnqueueTimestamp", live.course.queued);
  contact.Set("QueueInfo", std::move(info));
}

void SetAgent(const LiveContact& live, json::Object& contact) {
  if (live.course.agent.empty()) return;
  json::Object info{{"Id", live.course.agent}};
  SetTime(info, "AcceptedByAgentTimestamp", live.course.accepted);
  SetTime(info, "ConnectedToAgentTimestamp", live.course.joined);
  contact.Set("AgentInfo", std::move(info));
}

json::Object SegmentAttributes(const LiveContact& live) {
  constexpr std::string_view kSubtypes[] = {"connect:Telephony", "connect:Chat", "connect:Task"};
  json::Object attributes{
      {"connect:Subtype",
       json::Object{{"ValueString", kSubtypes[static_cast<std::size_t>(live.plan.channel)]}}}};
  for (const json::Member& one : live.plan.details.GetObject("SegmentAttributes"))
    attributes.Set(one.key, one.value);
  return attributes;
}

// The record but for what changes with every look.
json::Object RecordOf(const LiveContact& live) {
  const Course& course = live.course;
  json::Object contact{{"Arn", fmt::format("{}/contact/{}", live.instance_arn, live.id)},
                       {"Id", live.id},
                       {"InitiationMethod", live.plan.initiation_method},
                       {"Channel", ToText(live.plan.channel)}};
  for (const json::Member& detail : live.plan.details) contact.Set(detail.key, detail.value);
  SetQueue(live, contact);
  SetAgent(live, contact);
  contact.Set("InitiationTimestamp", Time(course.began));
  SetTime(contact, "DisconnectTimestamp", course.ended);
  if (course.ended) contact.Set("DisconnectReason", course.cause);
  SetEndpoints(live, contact);
  if (live.plan.channel != sim::Channel::kTask)
    contact.Set("ConnectedToSystemTimestamp", Time(course.began));
  contact.Set("SegmentAttributes", SegmentAttributes(live));
  if (!live.contact.attributes().empty()) contact.Set("Attributes", live.contact.attributes());
  if (!live.plan.references.empty()) contact.Set("References", live.plan.references);
  return contact;
}

std::string AgentId(const LiveContact& live, const std::string& user_name) {
  const sim::Agent* agent = live.contact.state().world->FindAgent(user_name);
  return agent == nullptr || agent->id.empty() ? user_name : agent->id;
}

}  // namespace

void Note(Course& course, const sim::Event& event) {
  if (!course.cause.empty()) return;
  if (std::holds_alternative<sim::CallerHungUp>(event)) course.cause = "CUSTOMER_DISCONNECT";
  if (std::holds_alternative<sim::AgentLeft>(event) && course.joined)
    course.cause = "AGENT_DISCONNECT";
}

void Note(Course& course, const LiveContact& live, const sim::Effect& effect) {
  if (std::holds_alternative<sim::Queued>(effect.what)) {
    course.queued = effect.at;
  } else if (const auto* accepted = std::get_if<sim::AgentConnecting>(&effect.what)) {
    course.accepted = effect.at;
    course.agent = AgentId(live, accepted->agent);
  } else if (std::holds_alternative<sim::Joined>(effect.what)) {
    course.joined = effect.at;
  } else if (std::holds_alternative<sim::Ended>(effect.what)) {
    course.ended = effect.at;
    if (course.cause.empty()) course.cause = "CONTACT_FLOW_DISCONNECT";
  }
}

void Keep(Context& context, LiveContact& live) {
  json::Object record = RecordOf(live);
  if (record == live.course.kept) return;
  live.course.kept = record;
  record.Set("LastUpdateTimestamp", Time(context.Now()));
  context.store.Put(context.RegionScope(), kContactRecord,
                    {.id = live.id,
                     .parent = live.plan.instance_id,
                     .name = ToIso8601(live.course.began),
                     .body = std::move(record)});
}

void Keep(const WaitContext& context, LiveContact& live) {
  const Answer<> kept = context.State([&](Context& state) -> Answer<> {
    Keep(state, live);
    return json::Object();
  });
  if (live.course.ended && !std::exchange(live.course.logged, true))
    WriteContactRecord(context, live);
  if (!kept)
    context.log().Warn("contact '{}' could not be kept: {}", live.id, kept.error().message);
}

const Record* FindRecord(Context& context, std::string_view instance_id, std::string_view id) {
  const Record* record = context.store.Find(context.RegionScope(), kContactRecord, id);
  return record != nullptr && record->parent == instance_id ? record : nullptr;
}

json::Object Described(const Record& record, bool runs) {
  json::Object contact = record.body;
  contact.Remove("References");
  if (runs || contact.Has("DisconnectTimestamp")) return contact;
  contact.Set("DisconnectTimestamp", contact.At("LastUpdateTimestamp"));
  contact.Set("DisconnectReason", "OTHER");
  return contact;
}

void DropOldest(Context& context, std::string_view instance_id) {
  const auto records = context.store.List(context.RegionScope(), kContactRecord, instance_id);
  if (records.size() < kMostRecords) return;
  const std::string oldest = records.front()->id;
  context.store.Delete(context.RegionScope(), kContactRecord, oldest);
}

}  // namespace trunkline::cloud::contacts
