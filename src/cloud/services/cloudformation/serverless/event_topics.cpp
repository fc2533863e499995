// SNS: a function, or a queue before it, subscribes to a topic.
#include "cloud/services/cloudformation/serverless/events.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

Resource Subscribe(const Event& event, const Target& target, std::string_view protocol,
                   const json::Value& endpoint) {
  Resource subscription = MakeResource(event.id, "AWS::SNS::Subscription", target);
  subscription.properties.Set("Endpoint", endpoint);
  subscription.properties.Set("Protocol", protocol);
  Copy(subscription.properties, "TopicArn", event.properties, "Topic");
  for (const std::string_view name :
       {"Region", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy"})
    Copy(subscription.properties, name, event.properties);
  return subscription;
}

Resource QueuePolicy(const Event& event, const Target& target, const std::string& id,
                     const json::Value& queue_arn, const json::Value& queue_url) {
  json::Object source;
  Copy(source, "aws:SourceArn", event.properties, "Topic");
  json::Object condition;
  condition.Set("ArnEquals", std::move(source));
  json::Object statement;
  statement.Set("Action", "sqs:SendMessage");
  statement.Set("Effect", "Allow");
  statement.Set("Principal", "*");
  statement.Set("Resource", queue_arn);
  statement.Set("Condition", std::move(condition));
  json::Array statements;
  statements.emplace_back(std::move(statement));
  Resource policy = MakeResource(id, "AWS::SQS::QueuePolicy", target);
  policy.properties.Set("PolicyDocument", json::Object{{"Version", "2012-10-17"},
                                                       {"Statement", std::move(statements)}});
  policy.properties.Set("Queues", json::Array{queue_url});
  return policy;
}

Answer<Resources> Mapping(Document& document, const Event& event, const Target& target,
                          const json::Value& queue_arn, const json::Value& batch) {
  Event poll{
      .name = event.name, .id = event.id + "EventSourceMapping", .type = {}, .properties = {}};
  poll.properties.Set("Queue", queue_arn);
  poll.properties.Set("BatchSize", batch);
  poll.properties.Set("Enabled", true);
  return PollQueue(document, std::move(poll), target);
}

bool IsFifo(const Document& document, const json::Value& topic) {
  const json::Object& resource = document.resources.GetObject(LogicalIdOf(topic));
  const json::Value* fifo = Present(resource.GetObject("Properties"), "FifoTopic");
  return fifo && IsGiven(document.values.Resolve(*fifo));
}

// A queue of its own between topic and function.
Answer<Resources> ThroughOwnQueue(Document& document, const Event& event, const Target& target) {
  Resource queue = MakeResource(event.id + "Queue", "AWS::SQS::Queue", target);
  if (IsFifo(document, event.properties.At("Topic"))) queue.properties.Set("FifoQueue", true);
  const json::Value arn = GetAtt(queue.id, "Arn");
  TL_TRY(Resources all, Mapping(document, event, target, arn, 10));
  all.push_back(QueuePolicy(event, target, event.id + "QueuePolicy", arn, Ref(queue.id)));
  all.push_back(Subscribe(event, target, "sqs", arn));
  all.push_back(std::move(queue));
  return all;
}

Answer<Resources> ThroughGivenQueue(Document& document, const Event& event, const Target& target,
                                    const json::Object& given) {
  const json::Value* arn = Given(given, "QueueArn");
  const json::Value* url = Given(given, "QueueUrl");
  if (!arn || !url) return InvalidEvent(event.name, "No QueueARN or QueueURL provided.");
  const json::Value* batch = Given(given, "BatchSize");
  const std::string policy(given.GetString("QueuePolicyLogicalId", event.id + "QueuePolicy"));
  TL_TRY(Resources all, Mapping(document, event, target, *arn, batch ? *batch : json::Value(10)));
  all.push_back(QueuePolicy(event, target, policy, *arn, *url));
  all.push_back(Subscribe(event, target, "sqs", *arn));
  return all;
}

Answer<Resources> Topic(Document& document, const Event& event, const Target& target) {
  if (const json::Value* queue = Given(event.properties, "SqsSubscription")) {
    if (queue->IsObject()) return ThroughGivenQueue(document, event, target, queue->AsObject());
    return ThroughOwnQueue(document, event, target);
  }
  const PermissionOrder order{.service = "sns.amazonaws.com",
                              .source_arn = event.properties.At("Topic"),
                              .source_account = nullptr};
  return Resources{MakePermission(event.id, target, order),
                   Subscribe(event, target, "lambda", target.arn)};
}

constexpr Rule kRules[] = {{"Topic", "Rs"},           {"Region", "s"},
                           {"FilterPolicy", "*"},     {"FilterPolicyScope", "*"},
                           {"SqsSubscription", "bm"}, {"RedrivePolicy", "m"}};

}  // namespace

constinit const EventKind kTopicEvent{.type = "SNS", .rules = kRules, .handle = Topic};

}  // namespace trunkline::cloud::cloudformation::serverless
