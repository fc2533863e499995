// Replays: events of an archive, sent again to the rules of the bus that it keeps. Each carries the
// replay's name, and goes into no archive.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/job_kinds.h"
#include "cloud/services/events/families.h"
#include "cloud/services/events/publish.h"
#include "cloud/services/events/records.h"

namespace trunkline::cloud {
namespace events {
namespace {

constexpr std::size_t kMostActive = 10;  // of an account and Region (EventBridge quotas)
constexpr std::size_t kStep = 100;       // events sent in one transaction

bool IsActive(const Record& replay) {
  const std::string_view state = replay.body.GetString("State");
  return state == "STARTING" || state == "RUNNING" || state == "CANCELLING";
}

ServiceError NotValid(std::string_view parameter, std::string_view reason) {
  return {"ValidationException",
          fmt::format("Parameter {} is not valid. Reason: {}", parameter, reason)};
}

std::string_view NameIn(std::string_view arn) {
  return arn.substr(arn.find('/') + 1);
}

Answer<void> CheckStart(Context& context, const json::Object& input) {
  const std::string_view destination = input.GetObject("Destination").GetString("Arn");
  TL_TRY(const Bus bus, FindBus(context, destination));
  const std::string_view name = NameIn(input.GetString("EventSourceArn"));
  const Record* archive = context.store.Find(context.RegionScope(), kArchive, name);
  if (!archive) return NotValid("EventSourceArn", fmt::format("Archive {} does not exist.", name));
  if (archive->body.GetString("EventSourceArn") != bus.Arn())
    return NotValid("Destination.Arn", "Cross event bus replay is not permitted.");
  if (input.GetDouble("EventEndTime") <= input.GetDouble("EventStartTime"))
    return NotValid("EventEndTime", "EventStartTime must be before EventEndTime.");
  const std::string_view replay = input.GetString("ReplayName");
  if (context.store.Find(context.RegionScope(), kReplay, replay)) {
    return ServiceError("ResourceAlreadyExistsException",
                        fmt::format("Replay {} already exists.", replay));
  }
  const auto all = context.store.List(context.RegionScope(), kReplay);
  const auto active = std::ranges::count_if(all, [](const Record* one) { return IsActive(*one); });
  if (static_cast<std::size_t>(active) < kMostActive) return {};
  return ServiceError("LimitExceededException",
                      "The requested resource exceeds the maximum number allowed.");
}

Answer<> StartReplay(Context& context, const json::Object& input) {
  TL_DO(CheckStart(context, input));
  const std::string name(input.GetString("ReplayName"));
  json::Object body{{"ReplayName", name},
                    {"ReplayArn", MakeArn(context, "events", "replay/" + name)},
                    {"State", "STARTING"},
                    {"ReplayStartTime", Seconds(context)}};
  CopyGiven(input,
            {"Description", "EventSourceArn", "Destination", "EventStartTime", "EventEndTime"},
            body);
  json::Object answer = body;
  context.store.Put(context.RegionScope(), kReplay,
                    {.id = name, .parent = "", .name = name, .body = std::move(body)});
  context.jobs.Schedule(context, kReplayEventsJob, {{"Replay", name}}, std::chrono::seconds(30));
  return answer;
}

Answer<Record> FindReplay(Context& context, const json::Object& input) {
  return FindNamed(context, kReplay, input.GetString("ReplayName"), "Replay");
}

Answer<> DescribeReplay(Context& context, const json::Object& input) {
  TL_TRY(const Record replay, FindReplay(context, input));
  return replay.body;
}

Answer<> CancelReplay(Context& context, const json::Object& input) {
  TL_TRY(Record replay, FindReplay(context, input));
  const std::string_view state = replay.body.GetString("State");
  if (state != "STARTING" && state != "RUNNING") {
    return ServiceError(
        "IllegalStatusException",
        fmt::format("Replay {} is not in a valid state for this operation.", replay.name));
  }
  replay.body.Set("State", "CANCELLING");
  json::Object answer = replay.body;
  context.store.Put(context.RegionScope(), kReplay, std::move(replay));
  return answer;
}

Answer<> ListReplays(Context& context, const json::Object& input) {
  const auto keep = [&](const Record& replay) {
    return std::ranges::all_of(std::initializer_list<std::string_view>{"State", "EventSourceArn"},
                               [&](std::string_view member) {
                                 return !input.Has(member) ||
                                        replay.body.GetString(member) == input.GetString(member);
                               });
  };
  return ListNamed(context, input,
                   {.kind = kReplay, .parent = {}, .list = "Replays", .keep = keep});
}

constexpr Operation kOperations[] = {
    {.name = "CancelReplay", .handle = CancelReplay},
    {.name = "DescribeReplay", .handle = DescribeReplay},
    {.name = "ListReplays", .handle = ListReplays},
    {.name = "StartReplay", .handle = StartReplay},
};
static_assert(InOrder(kOperations));

// ---- sending

json::Object Named(const json::Object& event, std::string_view replay) {
  json::Object named;
  for (const json::Member& member : event) {
    named.Set(member.key, member.value);
    if (member.key == "region") named.Set("replay-name", replay);
  }
  return named;
}

// What was archived in the replay's time, behind the record `after`.
std::vector<Record> NextEvents(Context& context, const Record& replay, std::string_view after) {
  std::vector<Record> next;
  const double start = replay.body.GetDouble("EventStartTime");
  const double end = replay.body.GetDouble("EventEndTime");
  const std::string archive(NameIn(replay.body.GetString("EventSourceArn")));
  for (const Record* event : context.store.List(context.RegionScope(), kArchived, archive)) {
    const double at = event->body.GetDouble("At");
    if (event->id > after && at >= start && at < end) next.push_back(*event);
    if (next.size() == kStep) break;
  }
  return next;
}

void End(Context& context, Record replay, std::string_view state) {
  replay.body.Set("State", state);
  replay.body.Set("ReplayEndTime", Seconds(context));
  context.store.Put(context.RegionScope(), kReplay, std::move(replay));
}

Answer<void> ReplayEvents(Context& context, const json::Object& payload) {
  const Record* found =
      context.store.Find(context.RegionScope(), kReplay, payload.GetString("Replay"));
  if (!found || !IsActive(*found)) return {};
  Record replay = *found;
  if (replay.body.GetString("State") == "CANCELLING") {
    End(context, std::move(replay), "CANCELLED");
    return {};
  }
  const json::Object destination = replay.body.GetObject("Destination");
  const auto bus = FindBus(context, destination.GetString("Arn"));
  if (!bus) {
    replay.body.Set("StateReason", bus.error().message);
    End(context, std::move(replay), "FAILED");
    return {};
  }
  const std::vector<Record> events = NextEvents(context, replay, payload.GetString("After"));
  for (const Record& event : events) {
    SendToRules(context, *bus, Named(event.body.GetObject("Event"), replay.name),
                destination.GetArray("FilterArns"));
    replay.body.Set("EventLastReplayedTime", event.body.At("At"));
  }
  if (events.size() < kStep) {
    End(context, std::move(replay), "COMPLETED");
    return {};
  }
  replay.body.Set("State", "RUNNING");
  context.jobs.ScheduleAt(context, kReplayEventsJob,
                          {{"Replay", replay.name}, {"After", events.back().id}}, context.Now());
  context.store.Put(context.RegionScope(), kReplay, std::move(replay));
  return {};
}

}  // namespace

constinit const Family kReplayOperations = kOperations;

}  // namespace events

constinit const JobKind kReplayEventsJob{.name = "events.replay", .run = events::ReplayEvents};

}  // namespace trunkline::cloud
