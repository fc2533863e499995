#include <algorithm>

#include "base/json_write.h"
#include "deploy/drift.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> ReadHours(Session& session) {
  json::Object input{{"InstanceId", session.live.InstanceId()}, {"MaxResults", 100}};
  TL_CO_TRY(const json::Object found,
            co_await session.CallAllPages("connect", "SearchHoursOfOperations", std::move(input)));
  for (const json::Value& item : found.GetArray("HoursOfOperations")) {
    const json::Object& body = item.AsObject();
    LiveResource hours{.id = std::string(body.GetString("HoursOfOperationId")),
                       .arn = std::string(body.GetString("HoursOfOperationArn")),
                       .tags = ReadTags(body.GetObject("Tags")),
                       .body = body};
    session.live.Put("hours", std::string(body.GetString("Name")), std::move(hours));
  }
  co_return Result<void>();
}

json::Object TimeOf(int hours, int minutes) {
  return {{"Hours", hours}, {"Minutes", minutes}};
}

json::Object Wanted(const center::Hours& hours) {
  json::Array config;
  for (const center::TimeSlice& slice : hours.config) {
    json::Object entry{{"Day", slice.day},
                       {"StartTime", TimeOf(slice.start_hours, slice.start_minutes)},
                       {"EndTime", TimeOf(slice.end_hours, slice.end_minutes)}};
    config.push_back(std::move(entry));
  }
  json::Object wanted{{"Name", hours.name.value},
                      {"TimeZone", hours.time_zone.value},
                      {"Config", std::move(config)}};
  wanted.SetIfNotEmpty("Description", hours.description);
  return wanted;
}

void PlanHours(const Target& target, const Live& live, Plan& plan) {
  for (const center::Hours& hours : target.center.hours) {
    PlanByHash(live, "hours", hours.name.value, HashOf(Wanted(hours)), {}, plan, hours.tags);
  }
}

net::aw<Result<void>> Create(Session& session, const center::Hours& hours) {
  json::Object input = Wanted(hours);
  input.Set("InstanceId", session.live.InstanceId());
  input.Set("Tags", TagsFor(hours.tags, HashOf(Wanted(hours))));
  session.NoteNew("hours", hours.name.value);
  TL_CO_TRY(const json::Object made,
            co_await session.Call("connect", "CreateHoursOfOperation", std::move(input)));
  LiveResource resource{.id = std::string(made.GetString("HoursOfOperationId")),
                        .arn = std::string(made.GetString("HoursOfOperationArn")),
                        .tags = {},
                        .body = {}};
  session.live.Put("hours", hours.name.value, std::move(resource));
  co_return Result<void>();
}

net::aw<Result<void>> Update(Session& session, const center::Hours& hours) {
  const LiveResource there = *session.live.Find("hours", hours.name.value);
  session.Note("hours", hours.name.value, AsItIs(there));
  json::Object input = Wanted(hours);
  input.Set("InstanceId", session.live.InstanceId());
  input.Set("HoursOfOperationId", there.id);
  input.Set("Description", hours.description);  // an empty one takes the old one away
  TL_CO_DO(co_await session.Call("connect", "UpdateHoursOfOperation", std::move(input)));
  json::Object tags = TagsFor(hours.tags, HashOf(Wanted(hours)));
  co_return co_await Tag(session, there, hours.tags, std::move(tags));
}

net::aw<Result<void>> ApplyHours(Session& session, const Change& change) {
  const auto& all = session.target.center.hours;
  const auto hours = std::find_if(all.begin(), all.end(),
                                  [&](const auto& one) { return one.name.value == change.name; });
  // Asked again, not taken from the plan: a new instance brings hours of its own.
  if (session.live.Find("hours", change.name) == nullptr)
    co_return co_await Create(session, *hours);
  co_return co_await Update(session, *hours);
}

json::Object TimeOf(const json::Object& time) {
  return {{"Hours", time.GetInt("Hours")}, {"Minutes", time.GetInt("Minutes")}};
}

// What a delivery would have recorded of the hours as they are.
json::Object AsIs(const json::Object& body) {
  json::Array config;
  for (const json::Value& item : body.GetArray("Config")) {
    const json::Object& slice = item.AsObject();
    json::Object entry{{"Day", slice.GetString("Day")},
                       {"StartTime", TimeOf(slice.GetObject("StartTime"))},
                       {"EndTime", TimeOf(slice.GetObject("EndTime"))}};
    config.push_back(std::move(entry));
  }
  json::Object is{{"Name", body.GetString("Name")},
                  {"TimeZone", body.GetString("TimeZone")},
                  {"Config", std::move(config)}};
  is.SetIfNotEmpty("Description", body.GetString("Description"));
  return is;
}

// The service may list the slices in another order than they were written in.
std::string HashInOrder(json::Object hours) {
  json::Array config = hours.GetArray("Config");
  std::ranges::sort(config, {}, [](const json::Value& slice) { return json::WriteSorted(slice); });
  hours.Set("Config", std::move(config));
  return HashOf(hours);
}

bool IsAsDelivered(const Session& session, const std::string& name, const LiveResource& there,
                   const std::string& hash) {
  const json::Object is = AsIs(there.body);
  if (HashOf(is) == hash) return true;
  const auto& all = session.target.center.hours;
  const auto wanted =
      std::ranges::find_if(all, [&](const auto& one) { return one.name.value == name; });
  return wanted != all.end() && HashOf(Wanted(*wanted)) == hash &&
         HashInOrder(Wanted(*wanted)) == HashInOrder(is);
}

net::aw<Result<void>> DriftOfHours(Session& session, std::vector<Drifted>& drifted) {
  const auto hours = session.live.resources.find("hours");
  if (hours == session.live.resources.end()) co_return Result<void>();
  for (const auto& [name, there] : hours->second) {
    const std::string hash = RecordedHash(there);
    if (hash.empty() || IsAsDelivered(session, name, there, hash)) continue;
    drifted.push_back({.kind = "hours",
                       .name = name,
                       .what = "the times, time zone or description were changed"});
  }
  co_return Result<void>();
}

json::Object AsWritten(const Session& session, const json::Object& body) {
  return {{"InstanceId", session.live.InstanceId()},
          {"Name", body.GetString("Name")},
          {"TimeZone", body.GetString("TimeZone")},
          {"Config", AsIs(body).GetArray("Config")}};
}

// With a new id: what was deleted cannot have its own again.
net::aw<Result<void>> MakeAgain(Session& session, json::Object before) {
  const json::Object body = before.GetObject("body");
  json::Object input = AsWritten(session, body);
  input.SetIfNotEmpty("Description", body.GetString("Description"));
  input.Set("Tags", TagsToPut(before.GetObject("tags")));
  TL_CO_DO(co_await session.Call("connect", "CreateHoursOfOperation", std::move(input)));
  co_return Result<void>();
}

net::aw<Result<void>> RestoreHours(Session& session, const Undo& undo) {
  if (undo.IsNew()) co_return co_await RemoveNew(session, undo);
  if (undo.IsGone()) {
    TL_CO_TRY(const bool there, co_await IsThereAgain(session, undo));
    if (there) co_return Result<void>();
    co_return co_await MakeAgain(session, undo.before);
  }
  const json::Object& body = undo.before.GetObject("body");
  json::Object input = AsWritten(session, body);
  input.Set("HoursOfOperationId", body.GetString("HoursOfOperationId"));
  input.Set("Description", body.GetString("Description"));
  TL_CO_DO(co_await session.Call("connect", "UpdateHoursOfOperation", std::move(input)));
  std::string arn(undo.before.GetString("arn"));
  co_return co_await RestoreTags(session, std::move(arn), undo.before.GetObject("tags"));
}

net::aw<Result<void>> RemoveHours(Session& session, const Change& change) {
  NoteGone(session, change);
  return DeleteInInstance(session, change, "DeleteHoursOfOperation", "HoursOfOperationId");
}

}  // namespace

const ResourceKind kHoursKind{.name = "hours",
                              .plural = "hours of operation",
                              .project = "admin-objects",
                              .read = ReadHours,
                              .plan = PlanHours,
                              .apply = ApplyHours,
                              .restore = RestoreHours,
                              .remove = RemoveHours,
                              .drift = DriftOfHours};

}  // namespace trunkline::deploy
