// Event source mappings of a table's stream: what may be set, and what is when nobody says.
#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/event_pattern.h"
#include "cloud/services/dynamodb/streams.h"
#include "cloud/services/lambda/event_source.h"
#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {
namespace {

constexpr std::int64_t kDefaultBatch = 100;
constexpr std::int64_t kLargestBatch = 10000;
constexpr std::string_view kTaken[] = {"BatchSize",
                                       "BisectBatchOnFunctionError",
                                       "FilterCriteria",
                                       "FunctionResponseTypes",
                                       "MaximumBatchingWindowInSeconds",
                                       "MaximumRecordAgeInSeconds",
                                       "MaximumRetryAttempts",
                                       "ParallelizationFactor"};
constexpr std::string_view kRefused[] = {"AmazonManagedKafkaEventSourceConfig",
                                         "DocumentDBEventSourceConfig",
                                         "KMSKeyArn",
                                         "LoggingConfig",
                                         "MetricsConfig",
                                         "ProvisionedPollerConfig",
                                         "Queues",
                                         "ScalingConfig",
                                         "SelfManagedEventSource",
                                         "SelfManagedKafkaEventSourceConfig",
                                         "SourceAccessConfigurations",
                                         "Topics"};

ServiceError Invalid(std::string_view text) {
  return {"InvalidParameterValueException", text};
}

Answer<void> CheckMembers(const json::Object& input) {
  for (const std::string_view member : kRefused) {
    if (input.Has(member)) {
      return Invalid(
          fmt::format("Unsupported parameter for a DynamoDB stream event source: {}", member));
    }
  }
  if (input.GetInt("TumblingWindowInSeconds") > 0)
    return Invalid("TumblingWindowInSeconds is not implemented by this cloud");
  if (!input.GetObject("DestinationConfig").GetObject("OnFailure").empty())
    return Invalid("DestinationConfig of a stream is not implemented by this cloud");
  for (const json::Value& filter : input.GetObject("FilterCriteria").GetArray("Filters")) {
    std::string problem;
    if (!ReadPattern(filter.AsObject().GetString("Pattern"), problem))
      return Invalid(fmt::format("Invalid filter pattern definition. {}", problem));
  }
  if (input.GetInt("BatchSize") <= kLargestBatch) return {};
  return Invalid(fmt::format("Batch size must not exceed {} for streams.", kLargestBatch));
}

Answer<std::string> FindFunction(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  if (!Resolve(context, name)) return Invalid("Function does not exist");
  return FunctionArn(context, name.function, name.qualifier);
}

// The last record that is not wanted; empty: all are.
Answer<std::string> StartOf(const Record& stream, const json::Object& input) {
  const std::string_view position = input.GetString("StartingPosition");
  if (position.empty()) {
    return Invalid(
        "1 validation error detected: Value null at 'startingPosition' failed to satisfy "
        "constraint: Member must not be null.");
  }
  if (position == "TRIM_HORIZON") return std::string();
  if (position == "LATEST") return dynamodb::SequenceNumber(stream.body.GetInt("Next") - 1);
  return Invalid(fmt::format("Unsupported starting position for stream type: {}", position));
}

json::Object Defaults() {
  return {{"BatchSize", kDefaultBatch},
          {"MaximumBatchingWindowInSeconds", 0},
          {"ParallelizationFactor", 1},
          {"LastProcessingResult", "No records processed"},
          {"DestinationConfig", json::Object{{"OnFailure", json::Object()}}},
          {"MaximumRecordAgeInSeconds", -1},
          {"BisectBatchOnFunctionError", false},
          {"MaximumRetryAttempts", -1},
          {"TumblingWindowInSeconds", 0},
          {"FunctionResponseTypes", json::Array()}};
}

void Take(json::Object& shown, const json::Object& input) {
  for (const std::string_view member : kTaken)
    if (const json::Value* value = input.Find(member)) shown.Set(member, *value);
}

Answer<void> CheckNew(Context& context, std::string_view source, std::string_view function) {
  const Record* twin = FindTwin(context, source, function);
  if (!twin) return {};
  return ServiceError(
      "ResourceConflictException",
      fmt::format(
          "The event source arn (\" {} \") and function (\" {} \") provided mapping already "
          "exists. Please update or delete the existing mapping with UUID {}",
          source, function, twin->id));
}

}  // namespace

bool IsStream(std::string_view source_arn) {
  const auto arn = ParseArn(source_arn);
  return arn && arn->service == "dynamodb" && arn->resource.find("/stream/") != std::string::npos;
}

Answer<> CreateStreamMapping(Context& context, const json::Object& input) {
  TL_DO(CheckMembers(input));
  const std::string_view arn = input.GetString("EventSourceArn");
  const Record* stream = context.store.Find(context.RegionScope(), dynamodb::kStream, arn);
  if (!stream) return Invalid(fmt::format("Stream not found: {}", arn));
  TL_TRY(std::string after, StartOf(*stream, input));
  TL_TRY(const std::string function, FindFunction(context, input));
  TL_DO(CheckNew(context, arn, function));
  const std::string id = NewUuid(context.random);
  json::Object shown = Defaults();
  shown.Set("UUID", id);
  shown.Set("StartingPosition", input.At("StartingPosition"));
  shown.Set("EventSourceArn", arn);
  shown.Set("FunctionArn", function);
  shown.Set("EventSourceMappingArn", MakeArn(context, "lambda", "event-source-mapping:" + id));
  Take(shown, input);
  json::Object body{{"Shown", std::move(shown)}, {"After", std::move(after)}};
  if (input.Has("Tags")) body.Set("Tags", input.At("Tags"));
  Record record{.id = id, .parent = {}, .name = id, .body = std::move(body)};
  return MoveMapping(context, std::move(record), "Creating",
                     input.GetBool("Enabled", true) ? "Enabled" : "Disabled");
}

Answer<> UpdateStreamMapping(Context& context, Record record, const json::Object& input) {
  TL_DO(CheckMembers(input));
  json::Object& shown = record.body["Shown"].AsObject();
  if (input.Has("FunctionName")) {
    TL_TRY(std::string function, FindFunction(context, input));
    shown.Set("FunctionArn", std::move(function));
  }
  Take(shown, input);
  return UpdateMapping(context, std::move(record), input);
}

}  // namespace trunkline::cloud::lambda
