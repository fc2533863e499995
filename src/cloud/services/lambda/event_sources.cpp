// Event source mappings: made, changed, shown, listed, deleted. Those of streams:
// stream_source.cpp.
#include <fmt/format.h>

#include "base/text.h"
#include "cloud/arn.h"
#include "cloud/event_pattern.h"
#include "cloud/job_kinds.h"
#include "cloud/services/lambda/event_source.h"
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/records.h"
#include "cloud/services/sqs/queue.h"

namespace trunkline::cloud {
namespace lambda {
namespace {

constexpr std::int64_t kDefaultBatch = 10;
constexpr std::int64_t kPollers = 3;
constexpr std::string_view kTaken[] = {"BatchSize", "FilterCriteria", "FunctionResponseTypes",
                                       "MaximumBatchingWindowInSeconds", "ScalingConfig"};
constexpr std::string_view kRefused[] = {"AmazonManagedKafkaEventSourceConfig",
                                         "BisectBatchOnFunctionError",
                                         "DestinationConfig",
                                         "DocumentDBEventSourceConfig",
                                         "KMSKeyArn",
                                         "LoggingConfig",
                                         "MaximumRecordAgeInSeconds",
                                         "MaximumRetryAttempts",
                                         "MetricsConfig",
                                         "ParallelizationFactor",
                                         "ProvisionedPollerConfig",
                                         "Queues",
                                         "SelfManagedEventSource",
                                         "SelfManagedKafkaEventSourceConfig",
                                         "SourceAccessConfigurations",
                                         "Topics",
                                         "TumblingWindowInSeconds"};

ServiceError Invalid(std::string_view text) {
  return {"InvalidParameterValueException", text};
}

Answer<void> CheckMembers(const json::Object& input) {
  if (input.Has("StartingPosition") || input.Has("StartingPositionTimestamp"))
    return Invalid("StartingPosition is not valid for SQS event sources.");
  for (const std::string_view member : kRefused) {
    if (input.Has(member))
      return Invalid(fmt::format("Unsupported parameter for an SQS event source: {}", member));
  }
  for (const json::Value& filter : input.GetObject("FilterCriteria").GetArray("Filters")) {
    std::string problem;
    if (!ReadPattern(filter.AsObject().GetString("Pattern"), problem))
      return Invalid(fmt::format("Invalid filter pattern definition. {}", problem));
  }
  return {};
}

Answer<void> CheckBatch(const json::Object& shown, bool fifo) {
  if (shown.GetInt("BatchSize") <= 10) return {};
  if (fifo) return Invalid("Batch size must not exceed 10 for FIFO queues.");
  if (shown.GetInt("MaximumBatchingWindowInSeconds") > 0) return {};
  return Invalid(
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater "
      "than 10");
}

Answer<sqs::Queue> FindSource(Context& context, std::string_view arn_text) {
  const auto arn = ParseArn(arn_text);
  if (arn_text.empty()) return Invalid("Unrecognized event source.");
  if (!arn || arn->service != "sqs") {
    return Invalid(
        fmt::format("Unrecognized event source, or one that this cloud does not have: "
                    "'{}'; expected the ARN of a queue or of a table's stream",
                    arn_text));
  }
  auto queue = arn->region == context.region ? sqs::FindQueueByArn(context, arn_text)
                                             : std::optional<sqs::Queue>();
  if (queue) return std::move(*queue);
  return Invalid(
      "Error occurred while ReceiveMessage. SQS Error Code: "
      "AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not "
      "exist.");
}

Answer<Resolved> FindTarget(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  Answer<Resolved> function = Resolve(context, name);
  if (!function) return Invalid("Function does not exist");
  return function;
}

// What the mapping calls, as an ARN; checked against the queue.
Answer<std::string> FindCalled(Context& context, const json::Object& input,
                               const sqs::Queue& queue) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(const Resolved function, FindTarget(context, input));
  const std::int64_t timeout = function.configuration.GetInt("Timeout", 3);
  const auto visible = ToInt(queue.Attribute("VisibilityTimeout")).value_or(30);
  if (visible < timeout) {
    return Invalid(
        fmt::format("Queue visibility timeout: {} seconds is less than Function "
                    "timeout: {} seconds",
                    visible, timeout));
  }
  return FunctionArn(context, name.function, name.qualifier);
}

Answer<void> CheckNew(Context& context, std::string_view source, std::string_view function) {
  const Record* twin = FindTwin(context, source, function);
  if (!twin) return {};
  return ServiceError(
      "ResourceConflictException",
      fmt::format("An event source mapping with SQS arn (\" {} \") and function (\" {} \") "
                  "already exists. Please update or delete the existing mapping with UUID {}",
                  source, function, twin->id));
}

Answer<> CreateEventSourceMapping(Context& context, const json::Object& input) {
  if (IsStream(input.GetString("EventSourceArn"))) return CreateStreamMapping(context, input);
  // The function is looked for before its source (seen).
  if (input.Has("EventSourceArn")) TL_DO(FindTarget(context, input));
  TL_TRY(const sqs::Queue queue, FindSource(context, input.GetString("EventSourceArn")));
  TL_DO(CheckMembers(input));
  TL_TRY(const std::string function, FindCalled(context, input, queue));
  TL_DO(CheckNew(context, queue.Arn(), function));
  const std::string id = NewUuid(context.random);
  json::Object shown{
      {"UUID", id},
      {"BatchSize", kDefaultBatch},
      {"MaximumBatchingWindowInSeconds", 0},
      {"EventSourceArn", queue.Arn()},
      {"FunctionArn", function},
      {"EventSourceMappingArn", MakeArn(context, "lambda", "event-source-mapping:" + id)},
      {"FunctionResponseTypes", json::Array()}};
  for (const std::string_view member : kTaken)
    if (const json::Value* value = input.Find(member)) shown.Set(member, *value);
  TL_DO(CheckBatch(shown, queue.IsFifo()));
  json::Object body{{"Shown", std::move(shown)}};
  if (input.Has("Tags")) body.Set("Tags", input.At("Tags"));
  Record record{.id = id, .parent = {}, .name = id, .body = std::move(body)};
  return MoveMapping(context, std::move(record), "Creating",
                     input.GetBool("Enabled", true) ? "Enabled" : "Disabled");
}

Answer<> UpdateEventSourceMapping(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindMapping(context, input));
  json::Object& shown = record.body["Shown"].AsObject();
  if (shown.GetString("State") == "Deleting")
    return ServiceError("ResourceInUseException", "The mapping is being deleted.");
  if (IsStream(shown.GetString("EventSourceArn")))
    return UpdateStreamMapping(context, std::move(record), input);
  TL_DO(CheckMembers(input));
  TL_TRY(const sqs::Queue queue, FindSource(context, shown.GetString("EventSourceArn")));
  if (input.Has("FunctionName")) {
    TL_TRY(std::string function, FindCalled(context, input, queue));
    shown.Set("FunctionArn", std::move(function));
  }
  for (const std::string_view member : kTaken)
    if (const json::Value* value = input.Find(member)) shown.Set(member, *value);
  TL_DO(CheckBatch(shown, queue.IsFifo()));
  return UpdateMapping(context, std::move(record), input);
}

Answer<> DeleteEventSourceMapping(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindMapping(context, input));
  return MoveMapping(context, std::move(record), "Deleting", "Deleted");
}

Answer<> GetEventSourceMapping(Context& context, const json::Object& input) {
  TL_TRY(const Record record, FindMapping(context, input));
  return record.body.GetObject("Shown");
}

Answer<> ListEventSourceMappings(Context& context, const json::Object& input) {
  RecordFilter filter;
  std::string function;
  if (input.Has("FunctionName")) {
    TL_TRY(const Name name, ReadName(context, input));
    function = FunctionArn(context, name.function, name.qualifier);
  }
  const std::string source(input.GetString("EventSourceArn"));
  filter.text = function + " " + source;
  filter.keep = [&](const Record& record) {
    const json::Object& shown = record.body.GetObject("Shown");
    return (function.empty() || shown.GetString("FunctionArn") == function) &&
           (source.empty() || shown.GetString("EventSourceArn") == source);
  };
  const auto limit = static_cast<std::size_t>(input.GetInt("MaxItems", 100));
  const auto page = context.store.ListPage(context.RegionScope(), kEventSource, {}, limit,
                                           input.GetString("Marker"), filter);
  if (!page) return Invalid("Marker is not one that this listing gave out");
  json::Array mappings;
  for (const Record* record : page->records) mappings.emplace_back(record->body.GetObject("Shown"));
  json::Object answer{{"EventSourceMappings", std::move(mappings)}};
  answer.SetIfNotEmpty("NextMarker", page->next);
  return answer;
}

Answer<void> Settle(Context& context, const json::Object& payload) {
  const Record* found =
      context.store.Find(context.RegionScope(), kEventSource, payload.GetString("UUID"));
  const std::string_view generation = payload.GetString("Generation");
  if (!found || found->body.GetString("Generation") != generation) return {};
  Record record = *found;
  const std::string target(record.body.GetString("Target"));
  if (target == "Deleted") {
    context.store.Delete(context.RegionScope(), kEventSource, record.id);
    return {};
  }
  json::Object& shown = record.body["Shown"].AsObject();
  shown.Set("State", target);
  const bool fifo = shown.GetString("EventSourceArn").ends_with(".fifo");
  const bool stream = IsStream(shown.GetString("EventSourceArn"));
  context.store.Put(context.RegionScope(), kEventSource, std::move(record));
  // The order of a FIFO queue or a stream is one poller's.
  const std::int64_t pollers = target != "Enabled" ? 0 : fifo || stream ? 1 : kPollers;
  for (std::int64_t i = 0; i < pollers; ++i)
    context.jobs.ScheduleAt(context, stream ? kPollStreamJob : kPollQueueJob, payload,
                            context.Now());
  return {};
}

constexpr Operation kOperations[] = {
    {.name = "CreateEventSourceMapping", .handle = CreateEventSourceMapping},
    {.name = "DeleteEventSourceMapping", .handle = DeleteEventSourceMapping},
    {.name = "GetEventSourceMapping", .handle = GetEventSourceMapping},
    {.name = "ListEventSourceMappings", .handle = ListEventSourceMappings},
    {.name = "UpdateEventSourceMapping", .handle = UpdateEventSourceMapping},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kEventSourceOperations = kOperations;

}  // namespace lambda

constinit const JobKind kSettleEventSourceJob{.name = "lambda.settle-event-source",
                                              .run = lambda::Settle};

}  // namespace trunkline::cloud
