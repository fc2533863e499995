#include "cloud/services/cloudwatch/alarms.h"

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/arn.h"
#include "cloud/job_kinds.h"
#include "cloud/services/cloudwatch/metrics.h"
#include "cloud/services/cloudwatch/watch.h"

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::size_t kMostHistory = 200;  // items of one alarm
constexpr std::int64_t kTopNumber = 999999999999;

std::vector<std::string> IdsOf(const std::vector<const Record*>& records) {
  std::vector<std::string> ids;
  for (const Record* record : records) ids.push_back(record->id);
  return ids;
}

void ForgetWatches(Context& context, const Record& alarm) {
  for (const json::Value& what : alarm.body.GetArray("Watches")) {
    context.store.Delete(context.RegionScope(), kWatch,
                         fmt::format("{}\n{}", what.AsString(), alarm.id));
  }
}

}  // namespace

std::string AlarmArn(const Context& context, std::string_view name) {
  return MakeArn(context, "cloudwatch", fmt::format("alarm:{}", name));
}

std::string AlarmNameOf(std::string_view name_or_arn) {
  const auto arn = ParseArn(name_or_arn);
  constexpr std::string_view kResource = "alarm:";
  if (arn && arn->resource.starts_with(kResource)) return arn->resource.substr(kResource.size());
  return std::string(name_or_arn);
}

void SaveAlarm(Context& context, Record alarm) {
  context.store.Put(context.RegionScope(), kAlarm, std::move(alarm));
}

void RemoveAlarm(Context& context, const Record& alarm) {
  context.jobs.Cancel(context, alarm.body.GetString("Job"));
  ForgetWatches(context, alarm);
  for (const std::string& id : IdsOf(context.store.List(context.RegionScope(), kHistory, alarm.id)))
    context.store.Delete(context.RegionScope(), kHistory, id);
  const std::string id = alarm.id;
  context.store.Delete(context.RegionScope(), kAlarm, id);
}

void SetWatches(Context& context, Record& alarm, const json::Array& watched) {
  ForgetWatches(context, alarm);
  alarm.body.Set("Watches", watched);
  for (const json::Value& what : watched) {
    context.store.Put(context.RegionScope(), kWatch,
                      {.id = fmt::format("{}\n{}", what.AsString(), alarm.id),
                       .parent = what.AsString(),
                       .name = alarm.id,
                       .body = {}});
  }
}

std::vector<std::string> WatchersOf(Context& context, std::string_view watched) {
  std::vector<std::string> names;
  for (const Record* watch : context.store.List(context.RegionScope(), kWatch, watched))
    names.push_back(watch->name);
  return names;
}

json::Array WatchedMetrics(const json::Object& alarm) {
  json::Array watched;
  if (alarm.Has("MetricName")) watched.emplace_back(MetricId(alarm));
  for (const json::Value& one : alarm.GetArray("Metrics")) {
    const json::Object& stat = one.AsObject().GetObject("MetricStat");
    if (stat.Has("Metric")) watched.emplace_back(MetricId(stat.GetObject("Metric")));
  }
  return watched;
}

void LookSoon(Context& context, Record& alarm, Milliseconds realistic) {
  context.jobs.Cancel(context, alarm.body.GetString("Job"));
  json::Object payload{{"Alarm", alarm.id}};
  alarm.body.Set("Job",
                 context.jobs.Schedule(context, kEvaluateAlarmJob, std::move(payload), realistic));
  alarm.body.Set("Soon", true);
}

void LookAtWatchers(Context& context, std::string_view metric_id) {
  for (const std::string& name : WatchersOf(context, metric_id)) {
    const Record* found = context.store.Find(context.RegionScope(), kAlarm, name);
    if (!found || found->body.GetBool("Soon")) continue;
    Record alarm = *found;
    LookSoon(context, alarm, std::chrono::minutes(1));
    SaveAlarm(context, std::move(alarm));
  }
}

void Note(Context& context, const Record& alarm, std::string_view type, std::string_view summary,
          const json::Object& data) {
  const Scope scope = context.RegionScope();
  const std::vector<const Record*> before = context.store.List(scope, kHistory, alarm.id);
  // Numbers fall, so that a listing begins with the newest.
  const std::int64_t number =
      before.empty() ? kTopNumber : before.front()->body.GetInt("Number") - 1;
  const std::string oldest = before.size() < kMostHistory ? "" : before.back()->id;
  if (!oldest.empty()) context.store.Delete(scope, kHistory, oldest);
  json::Object body{{"AlarmName", alarm.id},
                    {"AlarmType", alarm.body.GetString("Type")},
                    {"Timestamp", SecondsNow(context)},
                    {"HistoryItemType", type},
                    {"HistorySummary", summary},
                    {"HistoryData", json::Write(data)},
                    {"Number", number}};
  const std::string name = fmt::format("{:012}", number);
  context.store.Put(scope, kHistory,
                    {.id = fmt::format("{}\n{}", alarm.id, name),
                     .parent = alarm.id,
                     .name = name,
                     .body = std::move(body)});
}

std::string AlarmTime(TimePoint time) {
  std::string text = ToIso8601(time);  // with milliseconds only when there are some
  text.pop_back();
  if (text.find('.') == std::string::npos) text += ".000";
  return text + "+0000";
}

json::Number SecondsNow(const Context& context) {
  return json::Number{EpochSeconds(context.Now())};
}

}  // namespace trunkline::cloud::cloudwatch
