// AWS::SNS::Topic.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/resources/sns_attributes.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::string_view kAttributeNames[] = {"ArchivePolicy",     "ContentBasedDeduplication",
                                                "DisplayName",       "FifoThroughputScope",
                                                "FifoTopic",         "KmsMasterKeyId",
                                                "SignatureVersion",  "TracingConfig",
                                                "MaximumMessageSize"};

constexpr SnsAttributes kAttributesForm{
    .names = kAttributeNames, .arn = "TopicArn", .operation = "SetTopicAttributes"};

Answer<void> GatherAttributes(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                              json::Object& properties) {
  GatherSnsAttributes(kAttributesForm, properties);
  return {};
}

net::aw<Answer<void>> ChangeAttributes(WaitContext context, ResourceOrder order) {
  return ChangeSnsAttributes(std::move(context), std::move(order), &kAttributesForm);
}

void AddTopicName(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                  json::Object& known) {
  const std::string arn(known.GetString("TopicArn"));
  if (!arn.empty()) known.Set("TopicName", arn.substr(arn.rfind(':') + 1));
}

// A topic's own subscriptions are only added: a stack has AWS::SNS::Subscription to end them.
net::aw<Answer<void>> ChangeTopic(WaitContext context, ResourceOrder order) {
  Answer<void> changed = co_await ChangeAttributes(context, order);
  if (!changed) co_return changed;
  const json::Array before = order.previous.GetArray("Subscription");
  const json::Array wanted = order.properties.GetArray("Subscription");
  for (const json::Value& subscription : wanted) {
    if (!subscription.IsObject()) continue;
    if (std::find(before.begin(), before.end(), subscription) != before.end()) continue;
    json::Object input = subscription.AsObject();
    input.Set("TopicArn", order.physical_id);
    Answer<> done = co_await context.Call("sns", "Subscribe", std::move(input));
    if (!done) co_return std::move(done).error();
  }
  co_return Answer<void>();
}

constexpr auto kProperties = Properties<
    "ArchivePolicy~ ContentBasedDeduplication~ DataProtectionPolicy~ DisplayName "
    "FifoThroughputScope~ FifoTopic^~ KmsMasterKeyId MaximumMessageSize~ "
    "SignatureVersion~ Subscription~ Tags~ TopicName^~ TracingConfig~">();

constexpr auto kAttributes = Words<"TopicArn TopicName">();

constexpr Name kNames[] = {
    {"TopicName", "Name"},
};

constexpr Mapping kMapping{
    .type = "AWS::SNS::Topic",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "sns",
    .create = "CreateTopic",
    .describe = "GetTopicAttributes",
    .described = "Attributes",
    .remove = "DeleteTopic",
    .id = "TopicArn",
    .names = kNames,
    .naming = {.property = "TopicName", .limit = 256},
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "TopicArn",
    .prepare = GatherAttributes,
    .complete = AddTopicName,
    .after = ChangeTopic,
    .after_properties =
        "ArchivePolicy ContentBasedDeduplication DisplayName FifoThroughputScope KmsMasterKeyId "
        "SignatureVersion TracingConfig MaximumMessageSize Subscription DataProtectionPolicy",
};

}  // namespace

constinit const ResourceType kSnsTopicType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
