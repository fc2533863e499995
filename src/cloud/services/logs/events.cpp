// Putting events into a stream and reading one stream.
#include <algorithm>

#include "base/text.h"
#include "cloud/services/logs/families.h"
#include "cloud/services/logs/groups.h"
#include "cloud/services/logs/subscriptions.h"

namespace trunkline::cloud::logs {
namespace {

// PutLogEvents' quotas: an event counts its UTF-8 bytes and 26.
constexpr std::size_t kMaxBatch = 1048576;
constexpr std::size_t kMaxEvent = 1048576;
constexpr std::size_t kEventOverhead = 26;
constexpr std::int64_t kHour = 60LL * 60 * 1000;
constexpr std::int64_t kTooNew = 2 * kHour;
constexpr std::int64_t kTooOld = 14LL * 24 * kHour;
constexpr std::int64_t kMaxSpan = 24 * kHour;

constexpr std::int64_t kMaxEvents = 10000;
constexpr std::size_t kMaxAnswer = 1048576;

std::int64_t TimeOf(const json::Value& event) {
  return event.AsObject().GetInt("timestamp");
}

Answer<void> CheckBatch(const json::Array& events) {
  std::size_t size = 0;
  for (const json::Value& event : events) {
    const std::size_t bytes = event.AsObject().GetString("message").size() + kEventOverhead;
    if (bytes > kMaxEvent) {
      return BadParameter(
          fmt::format("Log event too large: {} bytes exceeds limit of {}", bytes, kMaxEvent));
    }
    size += bytes;
  }
  if (size > kMaxBatch) {
    return BadParameter(
        fmt::format("Upload too large: {} bytes exceeds limit of {}", size, kMaxBatch));
  }
  if (!std::ranges::is_sorted(events, {}, TimeOf)) {
    return BadParameter(
        "Log events in a single PutLogEvents request must be in chronological order.");
  }
  if (TimeOf(events.back()) - TimeOf(events.front()) > kMaxSpan) {
    return BadParameter(
        "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  }
  return {};
}

// The events between those that are too old and those that are too new; which were refused goes
// into `rejected`.
json::Array TakeFitting(const Context& context, const Record& group, const json::Array& events,
                        json::Object& rejected) {
  const std::int64_t now = Milliseconds1970(context);
  const auto behind_old = std::ranges::lower_bound(events, now - kTooOld, {}, TimeOf);
  const auto behind_expired =
      std::ranges::lower_bound(events, OldestKept(context, group), {}, TimeOf);
  const auto new_ones = std::ranges::upper_bound(events, now + kTooNew, {}, TimeOf);
  if (behind_old != events.begin())
    rejected.Set("tooOldLogEventEndIndex", behind_old - events.begin());
  if (behind_expired != events.begin())
    rejected.Set("expiredLogEventEndIndex", behind_expired - events.begin());
  if (new_ones != events.end()) rejected.Set("tooNewLogEventStartIndex", new_ones - events.begin());

  json::Array taken;
  for (auto event = std::max(behind_old, behind_expired); event < new_ones; ++event) {
    taken.push_back(
        json::Array{event->AsObject().At("timestamp"), event->AsObject().At("message")});
  }
  return taken;
}

void CountBytes(json::Object& body, std::int64_t bytes) {
  body.Set("storedBytes", body.GetInt("storedBytes") + bytes);
}

// Expired batches go when something new comes.
void RemoveExpired(Context& context, const Record& group, Record& stream) {
  const std::int64_t oldest = OldestKept(context, group);
  std::vector<std::string> expired;
  for (const Record* batch : context.store.List(context.RegionScope(), kBatch, stream.id)) {
    if (batch->body.GetInt("last") < oldest) expired.push_back(batch->id);
  }
  for (const std::string& batch : expired)
    context.store.Delete(context.RegionScope(), kBatch, batch);
}

void Keep(Context& context, Record group, Record stream, json::Array events) {
  const std::int64_t now = Milliseconds1970(context);
  const std::int64_t first = events.front().AsArray()[0].AsInt();
  const std::int64_t last = events.back().AsArray()[0].AsInt();
  std::int64_t bytes = 0;
  for (const json::Value& event : events) {
    bytes += static_cast<std::int64_t>(event.AsArray()[1].AsString().size() + kEventOverhead);
  }
  const std::int64_t number = stream.body.GetInt("batches") + 1;
  stream.body.Set("batches", number);
  stream.body.Set("firstEventTimestamp",
                  std::min(first, stream.body.GetInt("firstEventTimestamp", first)));
  stream.body.Set("lastEventTimestamp",
                  std::max(last, stream.body.GetInt("lastEventTimestamp", last)));
  stream.body.Set("lastIngestionTime", now);
  CountBytes(stream.body, bytes);
  CountBytes(group.body, bytes);
  RemoveExpired(context, group, stream);

  const std::string name = fmt::format("{:020}", number);
  const std::string id = stream.id + ":" + name;
  context.store.Put(context.RegionScope(), kBatch,
                    {.id = id,
                     .parent = stream.id,
                     .name = name,
                     .body = {{"ingested", now}, {"last", last}, {"events", std::move(events)}}});
  SendToSubscriptions(context, group.id, stream.name, id);
  context.store.Put(context.RegionScope(), kStream, std::move(stream));
  context.store.Put(context.RegionScope(), kGroup, std::move(group));
}

Answer<> PutLogEvents(Context& context, const json::Object& input) {
  TL_TRY(const Record group, FindGroup(context, input.GetString("logGroupName")));
  TL_TRY(const Record stream, FindStream(context, group.id, input.GetString("logStreamName")));
  const json::Array& events = input.GetArray("logEvents");
  TL_DO(CheckBatch(events));

  json::Object rejected;
  json::Array taken = TakeFitting(context, group, events, rejected);
  const std::int64_t number = stream.body.GetInt("batches") + (taken.empty() ? 0 : 1);
  if (!taken.empty()) Keep(context, group, stream, std::move(taken));
  json::Object answer{{"nextSequenceToken", fmt::format("{:056}", number)}};
  if (!rejected.empty()) answer.Set("rejectedLogEventsInfo", std::move(rejected));
  return answer;
}

// A place between two events: behind the event of that id.
struct Position {
  bool forward = true;
  std::string id;
};

std::string ToToken(char direction, std::string_view id) {
  return fmt::format("{}/{}/s", direction, id);
}

Answer<Position> ReadToken(std::string_view token) {
  const bool fits = (token.starts_with("f/") || token.starts_with("b/")) && token.ends_with("/s") &&
                    token.size() == 60;
  if (!fits) return BadParameter("The specified nextToken is invalid.");
  return Position{.forward = token.front() == 'f', .id = std::string(token.substr(2, 56))};
}

using Events = std::vector<Event>;

// Which events to show: [begin, end).
struct Slice {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Slice TakeForward(const Events& events, std::size_t begin, std::size_t limit) {
  Slice slice{.begin = begin, .end = begin};
  for (std::size_t size = 0; slice.end < events.size() && slice.end - begin < limit; ++slice.end) {
    size += events[slice.end].message.size() + kEventOverhead;
    if (size > kMaxAnswer && slice.end > begin) break;
  }
  return slice;
}

Slice TakeBackward(const Events& events, std::size_t end, std::size_t limit) {
  Slice slice{.begin = end, .end = end};
  for (std::size_t size = 0; slice.begin > 0 && end - slice.begin < limit; --slice.begin) {
    size += events[slice.begin - 1].message.size() + kEventOverhead;
    if (size > kMaxAnswer && slice.begin < end) break;
  }
  return slice;
}

Answer<Slice> ChooseSlice(const Events& events, const json::Object& input) {
  const auto limit = static_cast<std::size_t>(input.GetInt("limit", kMaxEvents));
  const std::string_view token = input.GetString("nextToken");
  if (token.empty()) {
    if (input.GetBool("startFromHead")) return TakeForward(events, 0, limit);
    return TakeBackward(events, events.size(), limit);
  }
  TL_TRY(const Position position, ReadToken(token));
  const auto behind = position.forward
                          ? std::ranges::upper_bound(events, position.id, {}, &Event::id)
                          : std::ranges::lower_bound(events, position.id, {}, &Event::id);
  const auto place = static_cast<std::size_t>(behind - events.begin());
  return position.forward ? TakeForward(events, place, limit) : TakeBackward(events, place, limit);
}

Answer<> GetLogEvents(Context& context, const json::Object& input) {
  TL_TRY(const Record group, FindAskedGroup(context, input));
  TL_TRY(const Record stream, FindStream(context, group.id, input.GetString("logStreamName")));
  const Events events = ReadEvents(context, group, stream, ReadRange(input));
  TL_TRY(const Slice slice, ChooseSlice(events, input));

  json::Array shown;
  for (std::size_t i = slice.begin; i < slice.end; ++i) {
    shown.push_back(json::Object{{"timestamp", events[i].timestamp},
                                 {"message", events[i].message},
                                 {"ingestionTime", events[i].ingested}});
  }
  // Both tokens are always there. At an end the same token comes back, which tells a client that
  // reads on to stop.
  const std::string zero(56, '0');
  std::string forward = slice.end > 0 ? events[slice.end - 1].id : zero;
  std::string backward = slice.begin < events.size() ? events[slice.begin].id : forward;
  if (slice.begin == slice.end && !input.GetString("nextToken").empty()) {
    forward = backward = std::string(input.GetString("nextToken").substr(2, 56));
  }
  return json::Object{{"events", std::move(shown)},
                      {"nextForwardToken", ToToken('f', forward)},
                      {"nextBackwardToken", ToToken('b', backward)}};
}

constexpr Operation kOperations[] = {
    {.name = "GetLogEvents", .handle = GetLogEvents},
    {.name = "PutLogEvents", .handle = PutLogEvents},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kEventOperations = kOperations;

}  // namespace trunkline::cloud::logs
