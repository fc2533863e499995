// FilterLogEvents: events of many streams of a group, in the order of time.
#include <algorithm>

#include "base/text.h"
#include "cloud/list_token.h"
#include "cloud/services/logs/families.h"
#include "cloud/services/logs/groups.h"
#include "cloud/services/logs/pattern.h"

namespace trunkline::cloud::logs {
namespace {

constexpr std::int64_t kMaxEvents = 10000;

Answer<std::vector<Record>> ChooseStreams(Context& context, const Record& group,
                                          const json::Object& input) {
  const std::string prefix(input.GetString("logStreamNamePrefix"));
  const json::Array& names = input.GetArray("logStreamNames");
  if (!prefix.empty() && !names.empty()) {
    return BadParameter(
        "logStreamNamePrefix and logStreamNames are mutually exclusive parameters.");
  }
  std::vector<Record> streams;
  for (const json::Value& name : names) {
    TL_TRY(Record stream, FindStream(context, group.id, name.AsString()));
    streams.push_back(std::move(stream));
  }
  if (!names.empty()) return streams;
  for (const Record* stream : context.store.List(context.RegionScope(), kStream, group.id)) {
    if (stream->name.starts_with(prefix)) streams.push_back(*stream);
  }
  return streams;
}

// Events with equal times of several streams need the stream in their order too.
std::string OrderKey(const Event& event) {
  return event.id + event.stream;
}

std::vector<Event> Collect(Context& context, const Record& group,
                           const std::vector<Record>& streams, const Pattern& pattern,
                           TimeRange range) {
  std::vector<Event> found;
  for (const Record& stream : streams) {
    for (Event& event : ReadEvents(context, group, stream, range)) {
      if (pattern.Matches(event.message)) found.push_back(std::move(event));
    }
  }
  std::ranges::sort(found, {}, OrderKey);
  return found;
}

json::Object ToFiltered(const Event& event) {
  return {{"logStreamName", event.stream},
          {"timestamp", event.timestamp},
          {"message", event.message},
          {"ingestionTime", event.ingested},
          {"eventId", event.id}};
}

Answer<> FilterLogEvents(Context& context, const json::Object& input) {
  TL_TRY(const Record group, FindAskedGroup(context, input));
  TL_TRY(const std::vector<Record> streams, ChooseStreams(context, group, input));
  const std::string filter(input.GetString("filterPattern"));
  const Result<Pattern> pattern = Pattern::Read(filter);
  if (!pattern) return BadParameter(pattern.error().message());
  std::vector<Event> events = Collect(context, group, streams, *pattern, ReadRange(input));

  const std::string listing = fmt::format("{}\n{}\n{}\n{}", group.id, filter,
                                          input.GetInt("startTime"), input.GetInt("endTime"));
  auto begin = events.begin();
  if (const std::string_view token = input.GetString("nextToken"); !token.empty()) {
    const std::optional<std::string> last = ReadListToken(listing, token);
    if (!last) return BadParameter("The specified nextToken is invalid.");
    begin = std::ranges::upper_bound(events, *last, {}, OrderKey);
  }
  const std::int64_t limit =
      std::min<std::int64_t>(input.GetInt("limit", kMaxEvents), events.end() - begin);
  const auto end = begin + static_cast<std::ptrdiff_t>(limit);
  json::Array shown;
  for (auto event = begin; event != end; ++event) shown.push_back(ToFiltered(*event));

  json::Object answer{{"events", std::move(shown)}, {"searchedLogStreams", json::Array()}};
  if (end != events.end()) answer.Set("nextToken", MakeListToken(listing, OrderKey(*(end - 1))));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "FilterLogEvents", .handle = FilterLogEvents},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kFilterOperations = kOperations;

}  // namespace trunkline::cloud::logs
