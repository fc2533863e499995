// Log streams.
#include <algorithm>

#include "base/text.h"
#include "cloud/list_token.h"
#include "cloud/services/logs/families.h"
#include "cloud/services/logs/groups.h"

namespace trunkline::cloud::logs {
namespace {

constexpr std::int64_t kDefaultPage = 50;

Answer<> CreateLogStream(Context& context, const json::Object& input) {
  TL_TRY(const Record group, FindGroup(context, input.GetString("logGroupName")));
  const std::string name(input.GetString("logStreamName"));
  const std::string id = StreamId(group.id, name);
  if (context.store.Find(context.RegionScope(), kStream, id)) {
    return ServiceError("ResourceAlreadyExistsException",
                        "The specified log stream already exists");
  }
  context.store.Put(
      context.RegionScope(), kStream,
      {.id = id,
       .parent = group.id,
       .name = name,
       .body = {{"creationTime", Milliseconds1970(context)}, {"storedBytes", 0}, {"batches", 0}}});
  return json::Object();
}

Answer<> DeleteLogStream(Context& context, const json::Object& input) {
  TL_TRY(const Record group, FindGroup(context, input.GetString("logGroupName")));
  TL_TRY(const Record stream, FindStream(context, group.id, input.GetString("logStreamName")));
  RemoveStream(context, stream.id);
  return json::Object();
}

json::Object ToStream(const Context& context, const Record& stream) {
  json::Object shown{{"logStreamName", stream.name},
                     {"creationTime", stream.body.At("creationTime")},
                     {"arn", GroupArn(context, stream.parent) + ":log-stream:" + stream.name},
                     {"storedBytes", stream.body.At("storedBytes")}};
  for (const std::string_view key :
       {"firstEventTimestamp", "lastEventTimestamp", "lastIngestionTime"}) {
    if (const json::Value* value = stream.body.Find(key)) shown.Set(key, *value);
  }
  if (stream.body.GetInt("batches") > 0) {
    shown.Set("uploadSequenceToken", fmt::format("{:056}", stream.body.GetInt("batches")));
  }
  return shown;
}

// What streams are ordered by, as text: the name, or the time of the newest event and then the
// name.
std::string OrderKey(const Record& stream, bool by_time) {
  if (!by_time) return stream.name;
  return fmt::format("{:020}{}", stream.body.GetInt("lastEventTimestamp"), stream.name);
}

Answer<> DescribeLogStreams(Context& context, const json::Object& input) {
  TL_TRY(const Record group, FindAskedGroup(context, input));
  const std::string prefix(input.GetString("logStreamNamePrefix"));
  const bool by_time = input.GetString("orderBy") == "LastEventTime";
  if (by_time && !prefix.empty()) {
    return BadParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
  }
  std::vector<std::pair<std::string, const Record*>> streams;
  for (const Record* stream : context.store.List(context.RegionScope(), kStream, group.id)) {
    if (stream->name.starts_with(prefix)) streams.emplace_back(OrderKey(*stream, by_time), stream);
  }
  std::ranges::sort(streams);
  const bool descending = input.GetBool("descending");
  if (descending) std::ranges::reverse(streams);

  const std::string listing = fmt::format("{}\n{}\n{}\n{}", group.id, prefix, by_time, descending);
  auto next = streams.begin();
  if (const std::string_view token = input.GetString("nextToken"); !token.empty()) {
    const std::optional<std::string> last = ReadListToken(listing, token);
    if (!last) return BadParameter("The specified nextToken is invalid.");
    const auto is_behind = [&](const std::string& key) {
      return descending ? key < *last : key > *last;
    };
    next = std::ranges::find_if(streams, is_behind, &std::pair<std::string, const Record*>::first);
  }
  json::Array shown;
  std::string last;
  for (auto left = input.GetInt("limit", kDefaultPage); next != streams.end() && left > 0;
       ++next, --left) {
    shown.push_back(ToStream(context, *next->second));
    last = next->first;
  }
  json::Object answer{{"logStreams", std::move(shown)}};
  if (next != streams.end()) answer.Set("nextToken", MakeListToken(listing, last));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "CreateLogStream", .handle = CreateLogStream},
    {.name = "DeleteLogStream", .handle = DeleteLogStream},
    {.name = "DescribeLogStreams", .handle = DescribeLogStreams},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kStreamOperations = kOperations;

}  // namespace trunkline::cloud::logs
