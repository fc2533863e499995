#include "cloud/contacts/record_log.h"

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/contacts/host.h"
#include "sim/state.h"

namespace trunkline::cloud::contacts {
namespace {

constexpr std::string_view kFormatVersion = "2017-03-10";

void SetTime(json::Object& object, std::string_view member, const std::optional<TimePoint>& time) {
  object.Set(member, time ? json::Value(ToIso8601(*time)) : json::Value());
}

std::int64_t Seconds(TimePoint from, TimePoint until) {
  return std::chrono::duration_cast<std::chrono::seconds>(until - from).count();
}

json::Value EndpointOf(const std::string& number) {
  if (number.empty()) return {};
  return json::Object{{"Address", number}, {"Type", "TELEPHONE_NUMBER"}};
}

json::Value QueueOf(const LiveContact& live) {
  const sim::Queue* queue = live.contact.queue();
  const Course& course = live.course;
  if (queue == nullptr || !course.queued) return {};
  const TimePoint left = course.accepted.value_or(*course.ended);
  json::Object shown{{"ARN", queue->arn}, {"Name", queue->name}};
  SetTime(shown, "EnqueueTimestamp", course.queued);
  SetTime(shown, "DequeueTimestamp", left);
  shown.Set("Duration", Seconds(*course.queued, left));
  return shown;
}

json::Value AgentOf(const LiveContact& live) {
  const Course& course = live.course;
  if (!course.joined) return {};
  const sim::Agent* agent = live.contact.state().world->FindAgent(course.agent);
  json::Object shown{{"Username", agent == nullptr ? course.agent : agent->user_name}};
  if (agent != nullptr) shown.SetIfNotEmpty("ARN", agent->arn);
  SetTime(shown, "ConnectedToAgentTimestamp", course.joined);
  shown.Set("AgentInteractionDuration", Seconds(*course.joined, *course.ended));
  return shown;
}

json::Object RecordOf(const LiveContact& live, TimePoint now) {
  const Course& course = live.course;
  const bool voice = live.plan.channel == sim::Channel::kVoice;
  json::Object record{{"AWSAccountId", live.plan.scope.account},
                      {"AWSContactTraceRecordFormatVersion", kFormatVersion},
                      {"ContactId", live.id},
                      {"InstanceARN", live.instance_arn},
                      {"Channel", ToText(live.plan.channel)},
                      {"InitiationMethod", live.plan.initiation_method}};
  SetTime(record, "InitiationTimestamp", course.began);
  const bool connected = live.plan.channel != sim::Channel::kTask;
  SetTime(record, "ConnectedToSystemTimestamp",
          connected ? std::optional(course.began) : std::nullopt);
  SetTime(record, "DisconnectTimestamp", course.ended);
  SetTime(record, "LastUpdateTimestamp", now);
  record.Set("DisconnectReason", course.cause);
  record.Set("CustomerEndpoint", voice ? EndpointOf(live.plan.from) : json::Value());
  record.Set("SystemEndpoint", voice ? EndpointOf(live.plan.number) : json::Value());
  record.Set("Queue", QueueOf(live));
  record.Set("Agent", AgentOf(live));
  record.Set("Attributes", live.contact.attributes());
  return record;
}

}  // namespace

void WriteContactRecord(const WaitContext& context, const LiveContact& live) {
  const json::Object group{
      {"logGroupName", fmt::format("/aws/connect/{}/contact-records", live.instance_name)}};
  json::Object stream = group;
  stream.Set("logStreamName", live.id);
  json::Object events = stream;
  const json::Object event{{"timestamp", live.course.ended->time_since_epoch().count()},
                           {"message", json::Write(RecordOf(live, context.clock().Now()))}};
  events.Set("logEvents", json::Array{event});
  const Answer<> written = context.State([&](Context& state) -> Answer<> {
    // Both may be there already.
    static_cast<void>(state.Call("logs", "CreateLogGroup", group));
    static_cast<void>(state.Call("logs", "CreateLogStream", stream));
    return state.Call("logs", "PutLogEvents", events);
  });
  if (!written) {
    context.log().Warn("the record of contact '{}' could not be written: {}", live.id,
                       written.error().message);
  }
}

}  // namespace trunkline::cloud::contacts
