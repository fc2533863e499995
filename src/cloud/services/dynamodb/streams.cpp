#include "cloud/services/dynamodb/streams.h"

#include <vector>

#include <fmt/format.h>

#include "cloud/services/dynamodb/bytes.h"
#include "cloud/services/dynamodb/key.h"
#include "cloud/services/dynamodb/new_table.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr double kKeptSeconds = 24 * 3600;  // documented
constexpr std::size_t kMostTrimmed = 100;   // at a time: more than comes

void Trim(Context& context, std::string_view stream) {
  const double oldest = Seconds(context.Now()) - kKeptSeconds;
  std::vector<std::string> old;
  context.store.Scan(context.RegionScope(), kStreamRecord, stream, {}, [&](const Record& record) {
    if (record.body.GetDouble("Time") >= oldest || old.size() == kMostTrimmed) return false;
    old.push_back(record.id);
    return true;
  });
  for (const std::string& id : old) context.store.Delete(context.RegionScope(), kStreamRecord, id);
}

std::string TakeSequenceNumber(Context& context, Record stream) {
  const std::int64_t number = stream.body.GetInt("Next");
  stream.body.Set("Next", number + 1);
  context.store.Put(context.RegionScope(), kStream, std::move(stream));
  return SequenceNumber(number);
}

// The images that the stream's view wants.
json::Object Images(const Table& table, const json::Object* before, const json::Object* after) {
  json::Object change{{"Keys", KeyAttributes(table.key, after ? *after : *before)}};
  std::size_t size = SizeOf(change.GetObject("Keys"));
  const bool both = table.stream_view == "NEW_AND_OLD_IMAGES";
  if (after && (both || table.stream_view == "NEW_IMAGE")) {
    change.Set("NewImage", *after);
    size += SizeOf(*after);
  }
  if (before && (both || table.stream_view == "OLD_IMAGE")) {
    change.Set("OldImage", *before);
    size += SizeOf(*before);
  }
  change.Set("SizeBytes", size);
  change.Set("StreamViewType", table.stream_view);
  return change;
}

json::Object NewRecord(Context& context, std::string_view event, json::Object change,
                       ChangedBy who) {
  json::Object record{{"eventID", NewToken(context.random, 32, "0123456789abcdef")},
                      {"eventName", event},
                      {"eventVersion", "1.1"},
                      {"eventSource", "aws:dynamodb"},
                      {"awsRegion", context.region},
                      {"dynamodb", std::move(change)}};
  if (who == ChangedBy::kTimeToLive) {
    record.Set("userIdentity",
               json::Object{{"PrincipalId", "dynamodb.amazonaws.com"}, {"Type", "Service"}});
  }
  return record;
}

}  // namespace

bool EncodeImages(json::Object& change) {
  bool any = false;
  for (const std::string_view name : {"Keys", "NewImage", "OldImage"})
    if (json::Value* image = change.Find(name)) any = EncodeBytes(image->AsObject()) || any;
  return any;
}

std::string SequenceNumber(std::int64_t number) {
  return fmt::format("1000{:017}", number);
}

void OpenStream(Context& context, const json::Object& table) {
  const std::string arn(table.GetString("LatestStreamArn"));
  json::Object body{
      {"TableName", table.GetString("TableName")},
      {"KeySchema", table.At("KeySchema")},
      {"View", table.GetObject("StreamSpecification").GetString("StreamViewType")},
      {"Label", table.GetString("LatestStreamLabel")},
      {"Created", Seconds(context.Now())},
      {"ShardId", fmt::format("shardId-{:020}-{}", context.Now().time_since_epoch().count(),
                              NewToken(context.random, 8, "0123456789abcdef"))},
      {"Status", "ENABLED"},
      {"Next", 1}};
  context.store.Put(context.RegionScope(), kStream,
                    {.id = arn, .parent = {}, .name = arn, .body = std::move(body)});
}

void CloseStream(Context& context, std::string_view arn) {
  const Record* found = context.store.Find(context.RegionScope(), kStream, arn);
  if (!found) return;
  Record stream = *found;
  stream.body.Set("Status", "DISABLED");
  context.store.Put(context.RegionScope(), kStream, std::move(stream));
}

void RecordChange(Context& context, const Table& table, const json::Object* before,
                  const json::Object* after, ChangedBy who) {
  if (table.stream.empty()) return;
  const Record* stream = context.store.Find(context.RegionScope(), kStream, table.stream);
  if (!stream) return;
  Trim(context, table.stream);
  const std::string sequence = TakeSequenceNumber(context, *stream);
  json::Object change = Images(table, before, after);
  // Whole seconds, as AWS has them.
  change.Set("ApproximateCreationDateTime", context.Now().time_since_epoch().count() / 1000);
  change.Set("SequenceNumber", sequence);
  const bool binary = EncodeImages(change);
  const std::string_view event = !before ? "INSERT" : after ? "MODIFY" : "REMOVE";
  json::Object body{{"Record", NewRecord(context, event, std::move(change), who)},
                    {"Time", Seconds(context.Now())}};
  if (binary) body.Set("Binary", true);
  context.store.Put(context.RegionScope(), kStreamRecord,
                    {.id = fmt::format("{}#{}", table.stream, sequence),
                     .parent = table.stream,
                     .name = sequence,
                     .body = std::move(body)});
}

json::Object ShownRecord(const Record& record) {
  json::Object shown = record.body.GetObject("Record");
  if (!record.body.GetBool("Binary")) return shown;
  json::Object& change = shown["dynamodb"].AsObject();
  for (const std::string_view name : {"Keys", "NewImage", "OldImage"})
    if (json::Value* image = change.Find(name)) DecodeBytes(image->AsObject());
  return shown;
}

}  // namespace trunkline::cloud::dynamodb
