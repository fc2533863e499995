// DynamoDB Streams: its own API over the records that tables write (dynamodb/streams.h).
//
// Iterators are good for fifteen minutes and say where they point: they hold no state here.
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "cloud/context.h"
#include "cloud/services.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/streams.h"

namespace trunkline::cloud {
namespace dynamodb {
namespace {

constexpr std::int64_t kMostRecords = 1000;                       // documented
constexpr std::size_t kLargestAnswer = 1UL << 20U;                // documented
constexpr Milliseconds kIteratorLife = std::chrono::minutes(15);  // documented
constexpr std::size_t kMostStreams = 100;

ServiceError NoStream(std::string_view arn) {
  return {"ResourceNotFoundException",
          fmt::format("Requested resource not found: Stream: {} not found", arn)};
}

Answer<const Record*> FindStream(Context& context, std::string_view arn) {
  const Record* stream = context.store.Find(context.RegionScope(), kStream, arn);
  if (stream) return stream;
  return NoStream(arn);
}

json::Array ShardsOf(const Record& stream) {
  json::Object range{{"StartingSequenceNumber", SequenceNumber(0)}};
  if (stream.body.GetString("Status") == "DISABLED")
    range.Set("EndingSequenceNumber", SequenceNumber(stream.body.GetInt("Next")));
  json::Array shards;
  shards.emplace_back(json::Object{{"ShardId", stream.body.GetString("ShardId")},
                                   {"SequenceNumberRange", std::move(range)}});
  return shards;
}

Answer<> DescribeStream(Context& context, const json::Object& input) {
  TL_TRY(const Record* stream, FindStream(context, input.GetString("StreamArn")));
  const bool behind = input.GetString("ExclusiveStartShardId") == stream->body.GetString("ShardId");
  return json::Object{
      {"StreamDescription", json::Object{{"StreamArn", stream->id},
                                         {"StreamLabel", stream->body.At("Label")},
                                         {"StreamStatus", stream->body.At("Status")},
                                         {"StreamViewType", stream->body.At("View")},
                                         {"CreationRequestDateTime", stream->body.At("Created")},
                                         {"TableName", stream->body.At("TableName")},
                                         {"KeySchema", stream->body.At("KeySchema")},
                                         {"Shards", behind ? json::Array() : ShardsOf(*stream)}}}};
}

Answer<> ListStreams(Context& context, const json::Object& input) {
  const auto most = static_cast<std::size_t>(
      std::min<std::int64_t>(input.GetInt("Limit", kMostStreams), kMostStreams));
  const std::string start(input.GetString("ExclusiveStartStreamArn"));
  const std::string_view table = input.GetString("TableName");
  json::Array streams;
  bool more = false;
  context.store.Scan(context.RegionScope(), kStream, {}, start, [&](const Record& stream) {
    const bool other = !table.empty() && stream.body.GetString("TableName") != table;
    if (other || stream.id == start) return true;
    more = streams.size() == most;
    if (more) return false;
    streams.emplace_back(json::Object{{"StreamArn", stream.id},
                                      {"TableName", stream.body.At("TableName")},
                                      {"StreamLabel", stream.body.At("Label")}});
    return true;
  });
  json::Object output;
  if (more) output.Set("LastEvaluatedStreamArn", streams.back().AsObject().At("StreamArn"));
  output.Set("Streams", std::move(streams));
  return output;
}

// "<stream>|1|base64 of from,when": records whose sequence number is `from` or later.
struct Iterator {
  std::string stream;
  std::string from;
  TimePoint made;
};

std::string TextOf(const Iterator& iterator) {
  return fmt::format(
      "{}|1|{}", iterator.stream,
      ToBase64(fmt::format("{},{}", iterator.from, iterator.made.time_since_epoch().count())));
}

std::optional<Iterator> ReadIterator(std::string_view text) {
  const std::vector<std::string_view> parts = Split(text, '|');
  if (parts.size() != 3) return std::nullopt;
  const auto place = FromBase64(parts[2]);
  if (!place) return std::nullopt;
  const std::vector<std::string_view> words = Split(*place, ',');
  const auto made = words.size() == 2 ? ToInt(words[1]) : std::nullopt;
  if (!made) return std::nullopt;
  return Iterator{.stream = std::string(parts[0]),
                  .from = std::string(words[0]),
                  .made = TimePoint(Milliseconds(*made))};
}

// Behind a sequence number comes nothing before this.
std::string Behind(std::string_view sequence) {
  return fmt::format("{}.", sequence);
}

Answer<std::string> StartOf(const Record& stream, const json::Object& input) {
  const std::string_view type = input.GetString("ShardIteratorType");
  const std::string_view sequence = input.GetString("SequenceNumber");
  if (type == "TRIM_HORIZON") return std::string();
  if (type == "LATEST") return SequenceNumber(stream.body.GetInt("Next"));
  if (sequence.empty())
    return Invalid(fmt::format("SequenceNumber is required for ShardIteratorType {}", type));
  return type == "AT_SEQUENCE_NUMBER" ? std::string(sequence) : Behind(sequence);
}

Answer<> GetShardIterator(Context& context, const json::Object& input) {
  TL_TRY(const Record* stream, FindStream(context, input.GetString("StreamArn")));
  if (input.GetString("ShardId") != stream->body.GetString("ShardId")) {
    return ServiceError("ResourceNotFoundException",
                        "Requested resource not found: Shard does not exist or is not accessible");
  }
  TL_TRY(std::string from, StartOf(*stream, input));
  const Iterator iterator{.stream = stream->id, .from = std::move(from), .made = context.Now()};
  return json::Object{{"ShardIterator", TextOf(iterator)}};
}

Answer<Iterator> FindIterator(const Context& context, const json::Object& input) {
  const auto iterator = ReadIterator(input.GetString("ShardIterator"));
  if (!iterator) return Invalid("Invalid ShardIterator");
  if (iterator->made + kIteratorLife > context.Now()) return *iterator;
  return ServiceError("ExpiredIteratorException",
                      fmt::format("Iterator expired. The iterator was created at time {} while "
                                  "right now it is {} which is further in the future than the "
                                  "tolerated delay of 900000 milliseconds.",
                                  ToIso8601(iterator->made), ToIso8601(context.Now())));
}

Answer<> GetRecords(Context& context, const json::Object& input) {
  TL_TRY(Iterator iterator, FindIterator(context, input));
  TL_TRY(const Record* stream, FindStream(context, iterator.stream));
  const auto most = static_cast<std::size_t>(
      std::min<std::int64_t>(input.GetInt("Limit", kMostRecords), kMostRecords));
  json::Array records;
  std::int64_t bytes = 0;
  bool more = false;
  context.store.Scan(
      context.RegionScope(), kStreamRecord, stream->id, iterator.from, [&](const Record& record) {
        more = records.size() == most || bytes > static_cast<std::int64_t>(kLargestAnswer);
        if (more) return false;
        json::Object shown = ShownRecord(record);
        bytes += shown.GetObject("dynamodb").GetInt("SizeBytes");
        iterator.from = Behind(record.name);
        records.emplace_back(std::move(shown));
        return true;
      });
  json::Object output{{"Records", std::move(records)}};
  iterator.made = context.Now();
  if (more || stream->body.GetString("Status") == "ENABLED")
    output.Set("NextShardIterator", TextOf(iterator));
  return output;
}

constexpr Operation kOperations[] = {
    {.name = "DescribeStream", .handle = DescribeStream},
    {.name = "GetRecords", .handle = GetRecords},
    {.name = "GetShardIterator", .handle = GetShardIterator},
    {.name = "ListStreams", .handle = ListStreams},
};
static_assert(InOrder(kOperations));
constexpr Family kStreamFamily = kOperations;

}  // namespace
}  // namespace dynamodb

namespace {

constexpr const Family* kFamilies[] = {&dynamodb::kStreamFamily};

}  // namespace

constinit const Service kDynamoDbStreamsService{.model = "dynamodbstreams", .families = kFamilies};

}  // namespace trunkline::cloud
