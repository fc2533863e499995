// Events that Lambda polls for: queues and streams.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/events.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/roles.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

// Properties that the mapping has as they are.
constexpr std::string_view kPassed[] = {"StartingPosition",
                                        "StartingPositionTimestamp",
                                        "BatchSize",
                                        "Enabled",
                                        "MaximumBatchingWindowInSeconds",
                                        "MaximumRetryAttempts",
                                        "BisectBatchOnFunctionError",
                                        "MaximumRecordAgeInSeconds",
                                        "ParallelizationFactor",
                                        "Topics",
                                        "Queues",
                                        "SourceAccessConfigurations",
                                        "TumblingWindowInSeconds",
                                        "FunctionResponseTypes",
                                        "FilterCriteria",
                                        "KmsKeyArn",
                                        "ScalingConfig",
                                        "ProvisionedPollerConfig",
                                        "MetricsConfig",
                                        "LoggingConfig"};

Answer<void> CheckFilters(const Event& event) {
  const json::Value* criteria = Given(event.properties, "FilterCriteria");
  if (!criteria || IsIntrinsic(*criteria)) return {};
  if (criteria->AsObject().size() == 1 && criteria->AsObject().Has("Filters")) return {};
  return InvalidEvent(event.name, "FilterCriteria field has a wrong format");
}

// Where records go that failed: its type becomes a policy, and does not stay.
Answer<void> SetDestination(const Event& event, json::Object& mapping, Resource* role) {
  const json::Value* config = Given(event.properties, "DestinationConfig");
  if (!config) return {};
  json::Object made = config->AsObject();
  json::Value* failure = made.Find("OnFailure");
  if (!failure || !failure->IsObject())
    return InvalidEvent(event.id, "Property 'DestinationConfig.OnFailure' should be a map.");
  const std::string type(failure->AsObject().GetString("Type"));
  failure->AsObject().Remove("Type");
  if (!type.empty() && type != "SQS" && type != "SNS" && type != "S3" && type != "Kafka") {
    return InvalidEvent(event.id,
                        "The only valid values for 'Type' are 'SQS', 'SNS', 'S3', and 'Kafka'");
  }
  const json::Value* destination = failure->AsObject().Find("Destination");
  json::Value policy =
      DestinationPolicy(type, event.id, destination ? *destination : json::Value());
  if (role && !policy.IsNull()) AddInlinePolicy(*role, std::move(policy));
  mapping.Set("DestinationConfig", std::move(made));
  return {};
}

// A kind of source: which property names it, and which of AWS's policies the role needs.
struct PollSource {
  std::string_view type;
  std::string_view member;
  std::string_view policy;
};
constexpr PollSource kSources[] = {
    {"DynamoDB", "Stream", "service-role/AWSLambdaDynamoDBExecutionRole"},
    {"Kinesis", "Stream", "service-role/AWSLambdaKinesisExecutionRole"},
    {"SQS", "Queue", "service-role/AWSLambdaSQSQueueExecutionRole"},
};

Answer<Resources> Poll(Document& /*document*/, const Event& event, const Target& target) {
  const PollSource& source =
      *std::find_if(std::begin(kSources), std::end(kSources),
                    [&](const PollSource& row) { return row.type == event.type; });
  if (Given(event.properties, "ConsumerGroupId")) {
    return InvalidEvent(
        event.id,
        fmt::format("Property ConsumerGroupId not defined for resource of type {}.", event.type));
  }
  TL_DO(CheckFilters(event));
  Resource mapping = MakeResource(event.id, "AWS::Lambda::EventSourceMapping", target);
  mapping.properties.Set("FunctionName", target.name);
  Copy(mapping.properties, "EventSourceArn", event.properties, source.member);
  for (const std::string_view name : kPassed) Copy(mapping.properties, name, event.properties);
  if (target.role) AddManagedPolicy(*target.role, source.policy);
  TL_DO(SetDestination(event, mapping.properties, target.role));
  return Resources{std::move(mapping)};
}

#define TL_STREAM_RULES                                                                      \
  {"BatchSize", "i"}, {"StartingPositionTimestamp", "*"}, {"Enabled", "b"},                  \
      {"MaximumBatchingWindowInSeconds", "i"}, {"MaximumRetryAttempts", "i"},                \
      {"BisectBatchOnFunctionError", "b"}, {"MaximumRecordAgeInSeconds", "i"},               \
      {"DestinationConfig", "m"}, {"ParallelizationFactor", "i"}, {"Topics", "l"},           \
      {"Queues", "l"}, {"SourceAccessConfigurations", "l"}, {"SecretsManagerKmsKeyId", "s"}, \
      {"TumblingWindowInSeconds", "i"}, {"FunctionResponseTypes", "l"},                      \
      {"KafkaBootstrapServers", "l"}, {"FilterCriteria", "m"}, {"KmsKeyArn", "*"},           \
      {"ConsumerGroupId", "s"}, {"ScalingConfig", "m"}, {"ProvisionedPollerConfig", "m"},    \
      {"SchemaRegistryConfig", "m"}, {"MetricsConfig", "m"}, {                               \
    "LoggingConfig", "m"                                                                     \
  }

constexpr Rule kQueueRules[] = {{"Queue", "R*"}, {"StartingPosition", "*"}, TL_STREAM_RULES};
constexpr Rule kStreamRules[] = {{"Stream", "R*"}, {"StartingPosition", "R*"}, TL_STREAM_RULES};
#undef TL_STREAM_RULES

constexpr EventKind kKinds[] = {
    {.type = "DynamoDB", .rules = kStreamRules, .handle = Poll},
    {.type = "Kinesis", .rules = kStreamRules, .handle = Poll},
    {.type = "SQS", .rules = kQueueRules, .handle = Poll},
};

}  // namespace

constinit const std::span<const EventKind> kStreamEvents = kKinds;

Answer<Resources> PollQueue(Document& document, Event event, const Target& target) {
  event.type = "SQS";
  return Poll(document, event, target);
}

}  // namespace trunkline::cloud::cloudformation::serverless
