#include "cloud/services/sns/deliver.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/function_access.h"
#include "cloud/job_kinds.h"
#include "cloud/loopback_http.h"
#include "cloud/services/sns/filter_policy.h"
#include "cloud/services/sns/letters.h"

namespace trunkline::cloud {
namespace sns {
namespace {

constexpr int kAttempts = 3;

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

// Raw messages keep their attributes as the queue's own; binary ones came as Base64. A dead letter
// of a function is what a queue would have got.
json::Object QueueMessage(const Context& context, const Subscription& subscription,
                          const json::Object& message, std::string_view queue) {
  const bool raw = IsRaw(subscription) && subscription.Protocol() != "lambda";
  json::Object input{{"MessageBody", raw ? TextFor(message, subscription.Protocol())
                                         : json::Write(Envelope(context, subscription, message))}};
  if (queue.ends_with(".fifo")) {
    input.Set("MessageGroupId", message.GetString("MessageGroupId", "sns"));
    input.Set("MessageDeduplicationId",
              message.GetString("MessageDeduplicationId", message.GetString("MessageId")));
  }
  if (!raw) return input;
  json::Object attributes;
  for (const json::Member& one : message.GetObject("MessageAttributes")) {
    json::Object attribute = one.value.AsObject();
    if (attribute.Has("BinaryValue"))
      attribute.Set("BinaryValue", FromBase64(attribute.GetString("BinaryValue")).value_or(""));
    attributes.Set(one.key, std::move(attribute));
  }
  if (!attributes.empty()) input.Set("MessageAttributes", std::move(attributes));
  return input;
}

void ToDeadLetterQueue(Context& context, const Subscription& subscription,
                       const json::Object& message) {
  const auto policy = json::Parse(subscription.Attribute("RedrivePolicy"));
  if (!policy || !policy->IsObject()) return;
  const std::string_view queue = policy->AsObject().GetString("deadLetterTargetArn");
  json::Object input = QueueMessage(context, subscription, message, queue);
  // A queue that is gone loses the message, as on AWS.
  static_cast<void>(SendToQueue(context, subscription.TopicArn(), queue, std::move(input)));
}

void DeliverToQueue(Context& context, const Subscription& subscription,
                    const json::Object& message) {
  const auto sent =
      SendToQueue(context, subscription.TopicArn(), subscription.Endpoint(),
                  QueueMessage(context, subscription, message, subscription.Endpoint()));
  if (!sent) ToDeadLetterQueue(context, subscription, message);
}

// ---- functions and URLs

// What Content-Type the policies ask for: the subscription's own, or the topic's.
std::string ContentType(Context& context, const Subscription& subscription) {
  const auto own = json::Parse(subscription.Attribute("DeliveryPolicy"));
  if (own && own->IsObject()) {
    const std::string_view type =
        own->AsObject().GetObject("requestPolicy").GetString("headerContentType");
    if (!type.empty()) return std::string(type);
  }
  const Record* record = context.store.Find(subscription.scope, kTopic, subscription.record.parent);
  const Topic topic{.scope = subscription.scope, .record = record ? *record : Record{}};
  const auto effective = json::Parse(EffectiveDeliveryPolicy(topic));
  return std::string(effective->AsObject()
                         .GetObject("http")
                         .GetObject("defaultRequestPolicy")
                         .GetString("headerContentType"));
}

// `message`: for the dead-letter queue, where there is one.
void DeliverLater(Context& context, const Subscription& subscription, std::string type,
                  std::string body, const json::Object& message) {
  json::Object payload{{"Subscription", subscription.Arn()},
                       {"TopicArn", subscription.TopicArn()},
                       {"Protocol", subscription.Protocol()},
                       {"Endpoint", subscription.Endpoint()},
                       {"Raw", IsRaw(subscription)},
                       {"Type", std::move(type)},
                       {"Body", std::move(body)},
                       {"MessageId", message.At("MessageId")},
                       {"Attempt", 1}};
  if (subscription.Protocol() != "lambda")
    payload.Set("ContentType", payload.GetString("Type") == "Notification"
                                   ? ContentType(context, subscription)
                                   : "text/plain; charset=UTF-8");
  if (!subscription.Attribute("RedrivePolicy").empty()) payload.Set("Message", message);
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
  request.headers.Set("Content-Type",
                      payload.GetString("ContentType", "text/plain; charset=UTF-8"));
  request.headers.Set("User-Agent", "Amazon Simple Notification Service Agent");
  request.headers.Set("x-amz-sns-message-type", payload.GetString("Type"));
  request.headers.Set("x-amz-sns-message-id", payload.GetString("MessageId"));
  request.headers.Set("x-amz-sns-topic-arn", payload.GetString("TopicArn"));
  const bool notification = payload.GetString("Type") == "Notification";
  if (notification)
    request.headers.Set("x-amz-sns-subscription-arn", payload.GetString("Subscription"));
  if (notification && payload.GetBool("Raw")) request.headers.Set("x-amz-sns-rawdelivery", "true");
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
  if (subscription && payload.Has("Message"))
    ToDeadLetterQueue(context, *subscription, payload.GetObject("Message"));
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
      DeliverLater(context, one, "Notification", Body(context, one, message), message);
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
    DeliverLater(context, subscription, "SubscriptionConfirmation", json::Write(message), message);
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
