#include "cloud/services/sns/deliver.h"

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/event_pattern.h"
#include "cloud/function_access.h"
#include "cloud/job_kinds.h"
#include "cloud/loopback_http.h"
#include "cloud/services/sns/letters.h"

namespace trunkline::cloud {
namespace sns {
namespace {

constexpr int kAttempts = 3;

// ---- filters

json::Value AttributeValue(const json::Object& attribute) {
  const std::string_view type = attribute.GetString("DataType");
  const std::string_view text = attribute.GetString("StringValue");
  if (type == "Number" || type == "String.Array") {
    auto parsed = json::Parse(text);
    if (parsed) return *std::move(parsed);
  }
  return text;
}

// What a filter policy looks at, or nothing when the message has no such thing.
std::optional<json::Object> Filtered(const Subscription& subscription,
                                     const json::Object& message) {
  if (subscription.Attribute("FilterPolicyScope") == "MessageBody") {
    auto body = json::Parse(message.GetString("Message"));
    if (!body || !body->IsObject()) return std::nullopt;
    return std::move(body->AsObject());
  }
  json::Object attributes;
  for (const json::Member& one : message.GetObject("MessageAttributes"))
    attributes.Set(one.key, AttributeValue(one.value.AsObject()));
  return attributes;
}

bool Wants(const Subscription& subscription, const json::Object& message) {
  const std::string_view policy = subscription.Attribute("FilterPolicy");
  if (policy.empty()) return true;
  std::string problem;
  const auto pattern = ReadPattern(policy, problem);
  const auto filtered = Filtered(subscription, message);
  return pattern && filtered && MatchesPattern(*pattern, *filtered);
}

// ---- forms

// The text for a protocol: a structured message has one for each.
std::string TextFor(const json::Object& message, std::string_view protocol) {
  const std::string_view text = message.GetString("Message");
  if (!message.GetBool("Structured")) return std::string(text);
  const auto parsed = json::Parse(text);
  if (!parsed || !parsed->IsObject()) return std::string(text);
  const json::Object& by_protocol = parsed->AsObject();
  return std::string(by_protocol.GetString(protocol, by_protocol.GetString("default")));
}

json::Object ShownAttributes(const json::Object& message) {
  json::Object shown;
  for (const json::Member& one : message.GetObject("MessageAttributes")) {
    const json::Object& attribute = one.value.AsObject();
    shown.Set(one.key,
              json::Object{{"Type", attribute.GetString("DataType")},
                           {"Value", attribute.GetString("StringValue",
                                                         attribute.GetString("BinaryValue"))}});
  }
  return shown;
}

// Nothing here is signed: there is no certificate that clients could fetch.
json::Object Envelope(const Context& context, const Subscription& subscription,
                      const json::Object& message) {
  json::Object envelope{{"Type", "Notification"},
                        {"MessageId", message.At("MessageId")},
                        {"TopicArn", message.At("TopicArn")}};
  if (message.Has("SequenceNumber")) envelope.Set("SequenceNumber", message.At("SequenceNumber"));
  if (message.Has("Subject")) envelope.Set("Subject", message.At("Subject"));
  envelope.Set("Message", TextFor(message, subscription.Protocol()));
  envelope.Set("Timestamp", message.At("Timestamp"));
  envelope.Set("UnsubscribeURL", fmt::format("{}/?Action=Unsubscribe&SubscriptionArn={}",
                                             context.endpoint, subscription.Arn()));
  json::Object attributes = ShownAttributes(message);
  if (!attributes.empty()) envelope.Set("MessageAttributes", std::move(attributes));
  return envelope;
}

std::string LambdaEvent(const Context& context, const Subscription& subscription,
                        const json::Object& message) {
  json::Object sns = Envelope(context, subscription, message);
  if (!sns.Has("Subject")) sns.Set("Subject", nullptr);
  sns.Set("UnsubscribeUrl", sns.At("UnsubscribeURL"));
  sns.Remove("UnsubscribeURL");
  sns.Set("MessageAttributes", ShownAttributes(message));
  json::Object record{{"EventSource", "aws:sns"},
                      {"EventVersion", "1.0"},
                      {"EventSubscriptionArn", subscription.Arn()},
                      {"Sns", std::move(sns)}};
  return json::Write(json::Object{{"Records", json::Array{std::move(record)}}});
}

bool IsRaw(const Subscription& subscription) {
  return subscription.Attribute("RawMessageDelivery") == "true";
}

std::string Body(const Context& context, const Subscription& subscription,
                 const json::Object& message) {
  if (subscription.Protocol() == "lambda") return LambdaEvent(context, subscription, message);
  if (IsRaw(subscription)) return TextFor(message, subscription.Protocol());
  return json::Write(Envelope(context, subscription, message));
}

// ---- queues

// The queue's own policy must let the topic in.
Answer<> SendToQueue(Context& context, std::string_view topic_arn, std::string_view queue_arn,
                     json::Object input) {
  const auto arn = ParseArn(queue_arn);
  if (!arn) return ServiceError("InvalidParameterException", "the queue is not named by ARN");
  const access::Deputy deputy{
      .service = "sns.amazonaws.com", .source_arn = std::string(topic_arn), .source_account = {}};
  if (!access::ServiceMay(context, deputy, "sqs:SendMessage", queue_arn)) {
    return ServiceError(
        "AuthorizationErrorException",
        fmt::format("the policy of {} does not let {} send to it", queue_arn, topic_arn));
  }
  input.Set("QueueUrl", fmt::format("{}/{}/{}", context.endpoint, arn->account, arn->resource));
  return context.CallAs(RootCaller(arn->account), arn->region, "sqs", "SendMessage", input);
}

// Raw messages keep their attributes as the queue's own; binary ones came as Base64.
json::Object QueueMessage(const Context& context, const Subscription& subscription,
                          const json::Object& message) {
  json::Object input{{"MessageBody", Body(context, subscription, message)}};
  if (subscription.Endpoint().ends_with(".fifo")) {
    input.Set("MessageGroupId", message.GetString("MessageGroupId", "sns"));
    input.Set("MessageDeduplicationId",
              message.GetString("MessageDeduplicationId", message.GetString("MessageId")));
  }
  if (!IsRaw(subscription)) return input;
  json::Object attributes;
  for (const json::Member& one : message.GetObject("MessageAttributes")) {
    if (one.value.AsObject().Has("StringValue")) attributes.Set(one.key, one.value);
  }
  if (!attributes.empty()) input.Set("MessageAttributes", std::move(attributes));
  return input;
}

void ToDeadLetterQueue(Context& context, const Subscription& subscription, std::string_view body) {
  const auto policy = json::Parse(subscription.Attribute("RedrivePolicy"));
  if (!policy || !policy->IsObject()) return;
  const std::string_view queue = policy->AsObject().GetString("deadLetterTargetArn");
  json::Object input{{"MessageBody", body}};
  // A queue that is gone loses the message, as on AWS.
  static_cast<void>(SendToQueue(context, subscription.TopicArn(), queue, std::move(input)));
}

void DeliverToQueue(Context& context, const Subscription& subscription,
                    const json::Object& message) {
  const auto sent = SendToQueue(context, subscription.TopicArn(), subscription.Endpoint(),
                                QueueMessage(context, subscription, message));
  if (!sent) ToDeadLetterQueue(context, subscription, Body(context, subscription, message));
}

// ---- functions and URLs

void DeliverLater(Context& context, const Subscription& subscription, std::string type,
                  std::string body, std::string_view message_id) {
  json::Object payload{{"Subscription", subscription.Arn()},
                       {"TopicArn", subscription.TopicArn()},
                       {"Protocol", subscription.Protocol()},
                       {"Endpoint", subscription.Endpoint()},
                       {"Raw", IsRaw(subscription)},
                       {"Type", std::move(type)},
                       {"Body", std::move(body)},
                       {"MessageId", message_id},
                       {"Attempt", 1}};
  context.jobs.ScheduleAt(context, kDeliverNotificationJob, std::move(payload), context.Now());
}

net::aw<Answer<>> Invoke(WaitContext context, json::Object payload) {
  const std::string function(payload.GetString("Endpoint"));
  const std::string topic(payload.GetString("TopicArn"));
  const auto arn = ParseArn(function);
  const auto allowed = context.State([&](Context& state) -> Answer<> {
    if (MayInvoke(state, function, "sns.amazonaws.com", topic)) return json::Object();
    return ServiceError("AccessDeniedException",
                        fmt::format("the policy of {} does not let sns.amazonaws.com invoke it for "
                                    "{}",
                                    function, topic));
  });
  if (!allowed) co_return allowed.error();
  WaitContext there = context.As(RootCaller(arn->account), arn->region);
  json::Object input{{"FunctionName", function},
                     {"InvocationType", "Event"},
                     {"Payload", payload.GetString("Body")}};
  co_return co_await there.Call("lambda", "Invoke", std::move(input));
}

net::aw<Answer<>> Post(WaitContext context, json::Object payload) {
  net::Request request;
  request.method = "POST";
  request.body = payload.GetString("Body");
  request.headers.Set("Content-Type", "text/plain; charset=UTF-8");
  request.headers.Set("User-Agent", "Amazon Simple Notification Service Agent");
  request.headers.Set("x-amz-sns-message-type", payload.GetString("Type"));
  request.headers.Set("x-amz-sns-message-id", payload.GetString("MessageId"));
  request.headers.Set("x-amz-sns-topic-arn", payload.GetString("TopicArn"));
  request.headers.Set("x-amz-sns-subscription-arn", payload.GetString("Subscription"));
  if (payload.GetBool("Raw")) request.headers.Set("x-amz-sns-rawdelivery", "true");
  std::string url(payload.GetString("Endpoint"));
  const auto answer = co_await SendToLoopback(context, std::move(url), std::move(request));
  if (!answer) co_return answer.error();
  if (answer->status < 200 || answer->status > 299) {
    co_return ServiceError(
        "ValidationException",
        fmt::format("{} answered {}", payload.GetString("Endpoint"), answer->status));
  }
  co_return json::Object();
}

Answer<> NotDelivered(Context& context, const json::Object& payload) {
  const std::int64_t attempt = payload.GetInt("Attempt", 1);
  if (attempt < kAttempts) {
    json::Object again = payload;
    again.Set("Attempt", attempt + 1);
    context.jobs.ScheduleAt(context, kDeliverNotificationJob, std::move(again),
                            context.Now() + std::chrono::seconds(20));
    return json::Object();
  }
  const auto subscription = FindSubscription(context, payload.GetString("Subscription"));
  if (subscription) ToDeadLetterQueue(context, *subscription, payload.GetString("Body"));
  return json::Object();
}

net::aw<Answer<>> DeliverNotification(WaitContext context, json::Object payload) {
  // Two statements: g++ 12 destroys the copies of a conditional's co_await twice.
  json::Object copy = payload;
  Answer<> sent = json::Object();
  if (payload.GetString("Protocol") == "lambda") {
    sent = co_await Invoke(context, std::move(copy));
  } else {
    sent = co_await Post(context, std::move(copy));
  }
  if (sent) co_return json::Object();
  context.log().Warn("a message of {} was not delivered to {}: {}", payload.GetString("TopicArn"),
                     payload.GetString("Endpoint"), sent.error().message);
  co_return context.State([&payload](Context& state) { return NotDelivered(state, payload); });
}

constexpr WaitHandler kDeliverNotification{DeliverNotification};

json::Object Letter(const Subscription& subscription, const json::Object& message) {
  json::Object letter{{"Protocol", subscription.Protocol()},
                      {"Endpoint", subscription.Endpoint()},
                      {"TopicArn", subscription.TopicArn()},
                      {"MessageId", message.At("MessageId")},
                      {"Message", TextFor(message, subscription.Protocol())}};
  letter.SetIfNotEmpty("Subject", message.GetString("Subject"));
  return letter;
}

}  // namespace

void Deliver(Context& context, const Topic& topic, const json::Object& message) {
  std::vector<Subscription> subscriptions;
  for (const Record* record : context.store.List(topic.scope, kSubscription, topic.record.id))
    subscriptions.push_back({.scope = topic.scope, .record = *record});
  for (const Subscription& one : subscriptions) {
    if (!one.Confirmed() || !Wants(one, message)) continue;
    if (one.Protocol() == "sqs") {
      DeliverToQueue(context, one, message);
    } else if (one.Protocol() == "lambda" || one.Protocol().starts_with("http")) {
      DeliverLater(context, one, "Notification", Body(context, one, message),
                   message.GetString("MessageId"));
    } else {
      KeepLetter(context, Letter(one, message));
    }
  }
}

void AskForConfirmation(Context& context, const Subscription& subscription) {
  const std::string text = fmt::format(
      "You have chosen to subscribe to the topic {}.\nTo confirm the subscription, "
      "visit the SubscribeURL included in this message.",
      subscription.TopicArn());
  json::Object message{{"Type", "SubscriptionConfirmation"},
                       {"MessageId", NewUuid(context.random)},
                       {"Token", subscription.record.body.GetString("Token")},
                       {"TopicArn", subscription.TopicArn()},
                       {"Message", text},
                       {"SubscribeURL", ConfirmUrl(context, subscription)},
                       {"Timestamp", ToIso8601(context.Now())}};
  if (subscription.Protocol().starts_with("http")) {
    DeliverLater(context, subscription, "SubscriptionConfirmation", json::Write(message),
                 message.GetString("MessageId"));
    return;
  }
  json::Object letter = Letter(subscription, message);
  letter.Set("Subject", "AWS Notification - Subscription Confirmation");
  letter.Set("ConfirmUrl", message.At("SubscribeURL"));
  KeepLetter(context, std::move(letter));
}

}  // namespace sns

constinit const JobKind kDeliverNotificationJob{.name = "sns.deliver",
                                                .wait = &sns::kDeliverNotification};

}  // namespace trunkline::cloud
