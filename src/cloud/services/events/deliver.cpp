// The job that hands an event to a target, tries again, and gives up to the dead-letter queue.
#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/job_kinds.h"
#include "cloud/services/events/input.h"
#include "cloud/services/events/records.h"
#include "cloud/services/events/retry.h"
#include "cloud/services/events/send.h"
#include "cloud/wait.h"

namespace trunkline::cloud {
namespace events {
namespace {

json::Object Attribute(std::string_view text) {
  return {{"DataType", "String"}, {"StringValue", text.empty() ? "-" : text}};
}

Answer<> ToDeadLetters(Context& context, const json::Object& payload, const ServiceError& error) {
  const json::Object& target = payload.GetObject("Target");
  const auto queue = ParseArn(target.GetObject("DeadLetterConfig").GetString("Arn"));
  if (!queue) return json::Object();
  const access::Deputy deputy{.service = "events.amazonaws.com",
                              .source_arn = std::string(payload.GetString("RuleArn")),
                              .source_account = {}};
  const std::string_view queue_arn = target.GetObject("DeadLetterConfig").GetString("Arn");
  // A queue that does not let the service in loses the event, as on AWS.
  if (!access::ServiceMay(context, deputy, "sqs:SendMessage", queue_arn)) return json::Object();
  json::Object attributes{{"RULE_ARN", Attribute(payload.GetString("RuleArn"))},
                          {"TARGET_ARN", Attribute(target.GetString("Arn"))},
                          {"ERROR_CODE", Attribute(error.code)},
                          {"ERROR_MESSAGE", Attribute(error.message)},
                          {"RETRY_ATTEMPTS", Attribute(std::to_string(payload.GetInt("Attempt")))}};
  json::Object input{
      {"QueueUrl", fmt::format("{}/{}/{}", context.endpoint, queue->account, queue->resource)},
      {"MessageBody", json::Write(payload.GetObject("Event"))},
      {"MessageAttributes", std::move(attributes)}};
  return context.CallAs(RootCaller(queue->account), queue->region, "sqs", "SendMessage", input);
}

Answer<> NotDelivered(Context& context, const json::Object& payload, const ServiceError& error) {
  const Attempts attempts{.made = payload.GetInt("Attempt"),
                          .accepted = FromEpochSeconds(payload.GetDouble("Accepted"))};
  const auto next = NextAttempt(error, payload.GetObject("Target").GetObject("RetryPolicy"),
                                attempts, context.Now());
  if (!next) return ToDeadLetters(context, payload, error);
  json::Object retried = payload;
  retried.Set("Attempt", attempts.made + 1);
  context.jobs.ScheduleAt(context, kDeliverEventJob, std::move(retried), *next);
  return json::Object();
}

net::aw<Answer<>> DeliverEvent(WaitContext context, json::Object payload) {
  const std::string rule_name(payload.GetString("RuleName"));
  Delivery delivery;
  delivery.target = payload.GetObject("Target");
  delivery.event = payload.GetObject("Event");
  delivery.rule_arn = payload.GetString("RuleArn");
  const RuleNames names{.arn = delivery.rule_arn, .name = rule_name};
  delivery.input = InputFor(delivery.target, delivery.event, names,
                            ToIso8601(FromEpochSeconds(payload.GetDouble("Accepted"))));
  // Of the rule's account, which is not that of who put the event when the bus is another's.
  const WaitContext there = context.As(RootCaller(payload.GetString("Account")),
                                       std::string(payload.GetString("Region")));
  const auto sent = co_await SendTo(there, std::move(delivery));
  if (sent) co_return json::Object();
  context.log().Warn("an event of rule {} was not delivered to {}: {}: {}",
                     payload.GetString("RuleArn"), payload.GetObject("Target").GetString("Arn"),
                     sent.error().code, sent.error().message);
  co_return there.State([&](Context& state) { return NotDelivered(state, payload, sent.error()); });
}

constexpr WaitHandler kDeliverEvent{DeliverEvent};

}  // namespace
}  // namespace events

constinit const JobKind kDeliverEventJob{.name = "events.deliver", .wait = &events::kDeliverEvent};

}  // namespace trunkline::cloud
