// AWS::SQS::Queue.
#include "base/json_write.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// An attribute of a queue and what it is when nobody says.
constexpr Name kQueueAttributes[] = {
    {"ContentBasedDeduplication", "false"},
    {"DeduplicationScope", "queue"},
    {"DelaySeconds", "0"},
    {"FifoQueue", ""},
    {"FifoThroughputLimit", "perQueue"},
    {"KmsDataKeyReusePeriodSeconds", "300"},
    {"KmsMasterKeyId", ""},
    {"MaximumMessageSize", "1048576"},
    {"MessageRetentionPeriod", "345600"},
    {"ReceiveMessageWaitTimeSeconds", "0"},
    {"RedriveAllowPolicy", ""},
    {"RedrivePolicy", ""},
    {"SqsManagedSseEnabled", "true"},
    {"VisibilityTimeout", "30"},
};

std::string AttributeText(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  return json::Write(value);
}

// The API has them as texts in a map; what was taken away gets its default.
Answer<void> GatherAttributes(const WaitContext& /*context*/, const ResourceOrder& order,
                              json::Object& properties) {
  json::Object attributes;
  for (const Name& attribute : kQueueAttributes) {
    const std::string_view name = attribute.property;
    if (name == "FifoQueue" && !order.physical_id.empty()) continue;  // cannot be set later
    if (const json::Value* value = properties.Find(name)) {
      // Only a FIFO queue has the attribute: "false" is refused.
      if (name == "FifoQueue" && AttributeText(*value) != "true") continue;
      attributes.Set(name, AttributeText(*value));
    } else if (&properties != &order.previous && order.previous.Has(name)) {
      attributes.Set(name, attribute.member);
    }
  }
  const json::Value* fifo = properties.Find("FifoQueue");
  const std::string queue(properties.GetString("QueueName"));
  if (order.physical_id.empty() && fifo && AttributeText(*fifo) == "true" &&
      !queue.ends_with(".fifo"))
    properties.Set("QueueName", queue.substr(0, 75) + ".fifo");
  if (!attributes.empty()) properties.Set("Attributes", std::move(attributes));
  return {};
}

void AddQueueName(const WaitContext& /*context*/, const ResourceOrder& order, json::Object& known) {
  known.Set("QueueUrl", order.physical_id.empty() ? std::string(known.GetString("QueueUrl"))
                                                  : order.physical_id);
  if (order.physical_id.empty()) return;
  known.Set("QueueName", order.physical_id.substr(order.physical_id.rfind('/') + 1));
}

constexpr auto kProperties = Properties<
    "ContentBasedDeduplication DeduplicationScope DelaySeconds FifoQueue^ "
    "FifoThroughputLimit KmsDataKeyReusePeriodSeconds KmsMasterKeyId MaximumMessageSize "
    "MessageRetentionPeriod QueueName^ ReceiveMessageWaitTimeSeconds RedriveAllowPolicy "
    "RedrivePolicy SqsManagedSseEnabled Tags VisibilityTimeout">();

constexpr auto kAttributes = Words<"Arn QueueName QueueUrl">();

constexpr Name kValues[] = {
    {"Arn", "QueueArn"},
};

constexpr Change kChanges[] = {
    {.operation = "SetQueueAttributes",
     .properties =
         "ContentBasedDeduplication DeduplicationScope DelaySeconds FifoQueue FifoThroughputLimit "
         "KmsDataKeyReusePeriodSeconds KmsMasterKeyId MaximumMessageSize MessageRetentionPeriod "
         "ReceiveMessageWaitTimeSeconds RedriveAllowPolicy RedrivePolicy SqsManagedSseEnabled "
         "VisibilityTimeout Attributes",
     .updates_only = true},
};

constexpr Reading kReadings[] = {
    {"Tags", "ListQueueTags", "Tags"},
};

constexpr Fixed kFixed[] = {
    {"GetQueueAttributes", R"({"AttributeNames": ["All"]})"},
};

constexpr Mapping kMapping{
    .type = "AWS::SQS::Queue",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "sqs",
    .create = "CreateQueue",
    .describe = "GetQueueAttributes",
    .described = "Attributes",
    .remove = "DeleteQueue",
    .changes = kChanges,
    .readings = kReadings,
    .id = "QueueUrl",
    .values = kValues,
    .fixed = kFixed,
    .naming = {.property = "QueueName", .limit = 80},
    .tag = "TagQueue",
    .untag = "UntagQueue",
    .tagged = "QueueUrl",
    .prepare = GatherAttributes,
    .complete = AddQueueName,
};

}  // namespace

constinit const ResourceType kSqsQueueType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
