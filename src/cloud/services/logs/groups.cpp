#include "cloud/services/logs/groups.h"

#include <algorithm>

#include "base/text.h"

namespace trunkline::cloud::logs {
namespace {

constexpr std::int64_t kDay = 24LL * 60 * 60 * 1000;

}  // namespace

ServiceError NotFound(std::string_view what) {
  return {"ResourceNotFoundException", "The specified " + std::string(what) + " does not exist."};
}

ServiceError BadParameter(std::string_view text) {
  return {"InvalidParameterException", text};
}

Answer<Record> FindGroup(Context& context, std::string_view name) {
  if (const Record* group = context.store.Find(context.RegionScope(), kGroup, name)) return *group;
  return NotFound("log group");
}

Answer<Record> FindAskedGroup(Context& context, const json::Object& input) {
  if (input.Has("logGroupName") == input.Has("logGroupIdentifier")) {
    return ServiceError("ValidationException",
                        input.Has("logGroupName")
                            ? "LogGroup name and LogGroup ARN are mutually exclusive parameters."
                            : "Either LogGroup name or LogGroup ARN is required.");
  }
  if (input.Has("logGroupName")) return FindGroup(context, input.GetString("logGroupName"));
  std::string_view identifier = input.GetString("logGroupIdentifier");
  if (!identifier.starts_with("arn:")) return FindGroup(context, identifier);
  if (identifier.ends_with(":*")) identifier.remove_suffix(2);
  const std::string prefix = GroupArn(context, "");
  if (!identifier.starts_with(prefix)) return NotFound("log group");
  return FindGroup(context, identifier.substr(prefix.size()));
}

Answer<Record> FindStream(Context& context, std::string_view group, std::string_view stream) {
  if (const Record* record =
          context.store.Find(context.RegionScope(), kStream, StreamId(group, stream))) {
    return *record;
  }
  return NotFound("log stream");
}

std::string StreamId(std::string_view group, std::string_view stream) {
  return std::string(group) + ":" + std::string(stream);
}

std::string GroupArn(const Context& context, std::string_view group) {
  return "arn:aws:logs:" + std::string(context.region) + ":" + context.caller.account +
         ":log-group:" + std::string(group);
}

std::int64_t Milliseconds1970(const Context& context) {
  return context.Now().time_since_epoch().count();
}

TimeRange ReadRange(const json::Object& input) {
  return {.start = input.GetInt("startTime", 0), .end = input.GetInt("endTime", INT64_MAX)};
}

std::int64_t OldestKept(const Context& context, const Record& group) {
  const std::int64_t days = group.body.GetInt("retentionInDays", 0);
  return days == 0 ? 0 : Milliseconds1970(context) - days * kDay;
}

std::vector<Event> EventsOf(const Record& batch, std::string_view stream) {
  std::vector<Event> events;
  for (const json::Value& entry : batch.body.GetArray("events")) {
    const json::Array& pair = entry.AsArray();
    events.push_back(
        {.timestamp = pair[0].AsInt(),
         .ingested = batch.body.GetInt("ingested"),
         .message = pair[1].AsString(),
         .stream = std::string(stream),
         .id = fmt::format("{:020}{}{:016}", pair[0].AsInt(), batch.name, events.size() + 1)});
  }
  return events;
}

std::vector<Event> ReadEvents(Context& context, const Record& group, const Record& stream,
                              TimeRange range) {
  const std::int64_t oldest = std::max(range.start, OldestKept(context, group));
  std::vector<Event> events;
  for (const Record* batch : context.store.List(context.RegionScope(), kBatch, stream.id)) {
    if (batch->body.GetInt("last") < oldest) continue;
    for (Event& event : EventsOf(*batch, stream.name)) {
      if (event.timestamp >= oldest && event.timestamp < range.end)
        events.push_back(std::move(event));
    }
  }
  std::ranges::sort(events, {}, &Event::id);
  return events;
}

void RemoveStream(Context& context, const std::string& stream_id) {
  std::vector<std::string> batches;
  for (const Record* batch : context.store.List(context.RegionScope(), kBatch, stream_id))
    batches.push_back(batch->id);
  for (const std::string& batch : batches)
    context.store.Delete(context.RegionScope(), kBatch, batch);
  context.store.Delete(context.RegionScope(), kStream, stream_id);
}

}  // namespace trunkline::cloud::logs
