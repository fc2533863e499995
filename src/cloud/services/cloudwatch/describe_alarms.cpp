// DescribeAlarms and DescribeAlarmsForMetric.
#include <algorithm>
#include <set>

#include "cloud/services/cloudwatch/alarms.h"
#include "cloud/services/cloudwatch/families.h"
#include "cloud/services/cloudwatch/metrics.h"
#include "cloud/services/cloudwatch/queries.h"
#include "cloud/services/cloudwatch/rule.h"

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::int64_t kPage = 50;

json::Object ToShown(const Record& alarm) {
  json::Object shown = alarm.body;
  for (const std::string_view kept : {"Type", "Tags", "Job", "Soon", "Data", "Watches"})
    shown.Remove(kept);
  return shown;
}

bool HasAction(const json::Object& alarm, std::string_view prefix) {
  for (const std::string_view list : {"OKActions", "AlarmActions", "InsufficientDataActions"}) {
    for (const json::Value& action : alarm.GetArray(list)) {
      if (action.AsString().starts_with(prefix)) return true;
    }
  }
  return false;
}

// The alarms a composite depends on, or those that depend on an alarm.
Answer<std::set<std::string>> Related(Context& context, const json::Object& input) {
  std::vector<std::string> names;
  if (input.Has("ParentsOfAlarmName")) {
    names = WatchersOf(context, "alarm\n" + AlarmNameOf(input.GetString("ParentsOfAlarmName")));
  } else {
    const Record* alarm = context.store.Find(context.RegionScope(), kAlarm,
                                             AlarmNameOf(input.GetString("ChildrenOfAlarmName")));
    const auto rule = ReadRule(alarm ? alarm->body.GetString("AlarmRule") : "");
    if (rule) CollectAlarms(*rule, names);
  }
  return std::set<std::string>(names.begin(), names.end());
}

struct Wanted {
  std::set<std::string> names;
  bool by_name = false;
  std::set<std::string> types;
  std::string_view prefix;
  std::string_view state;
  std::string_view action;

  bool Fits(const Record& alarm) const {
    return (!by_name || names.contains(alarm.id)) &&
           types.contains(std::string(alarm.body.GetString("Type"))) &&
           alarm.id.starts_with(prefix) &&
           (state.empty() || alarm.body.GetString("StateValue") == state) &&
           (action.empty() || HasAction(alarm.body, action));
  }
};

Answer<Wanted> ReadWanted(Context& context, const json::Object& input) {
  Wanted wanted{.names = {},
                .by_name = input.Has("AlarmNames"),
                .types = {},
                .prefix = input.GetString("AlarmNamePrefix"),
                .state = input.GetString("StateValue"),
                .action = input.GetString("ActionPrefix")};
  if (wanted.by_name && !wanted.prefix.empty())
    return Invalid("The parameters AlarmNames and AlarmNamePrefix are mutually exclusive.");
  for (const json::Value& name : input.GetArray("AlarmNames")) wanted.names.insert(name.AsString());
  for (const json::Value& type : input.GetArray("AlarmTypes")) wanted.types.insert(type.AsString());
  if (wanted.types.empty()) wanted.types.emplace(kMetricAlarm);
  if (input.Has("ParentsOfAlarmName") || input.Has("ChildrenOfAlarmName")) {
    TL_TRY(wanted.names, Related(context, input));
    wanted.by_name = true;
    if (!input.Has("AlarmTypes")) wanted.types.emplace(kCompositeAlarm);
  }
  return wanted;
}

std::string FilterText(const json::Object& input) {
  std::string text;
  for (const std::string_view member : {"AlarmNamePrefix", "StateValue", "ActionPrefix",
                                        "ParentsOfAlarmName", "ChildrenOfAlarmName"})
    text.append(input.GetString(member)).append("\n");
  for (const std::string_view list : {"AlarmNames", "AlarmTypes"}) {
    for (const json::Value& one : input.GetArray(list)) text.append(one.AsString()).append("\n");
  }
  return text;
}

Answer<> DescribeAlarms(Context& context, const json::Object& input) {
  TL_TRY(const Wanted wanted, ReadWanted(context, input));
  const RecordFilter filter{.text = FilterText(input),
                            .keep = [&](const Record& alarm) { return wanted.Fits(alarm); }};
  const auto limit = static_cast<std::size_t>(input.GetInt("MaxRecords", kPage));
  const auto page = context.store.ListPage(context.RegionScope(), kAlarm, "", limit,
                                           input.GetString("NextToken"), filter);
  if (!page) return ServiceError("InvalidNextToken", "The next token is invalid.");
  json::Array metric_alarms;
  json::Array composite_alarms;
  for (const Record* alarm : page->records) {
    const bool composite = alarm->body.GetString("Type") == kCompositeAlarm;
    (composite ? composite_alarms : metric_alarms).emplace_back(ToShown(*alarm));
  }
  json::Object answer{{"CompositeAlarms", std::move(composite_alarms)},
                      {"MetricAlarms", std::move(metric_alarms)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

bool Watches(const json::Object& alarm, const json::Object& input) {
  if (alarm.Has("MetricName")) {
    for (const std::string_view member : {"Statistic", "ExtendedStatistic", "Period", "Unit"}) {
      const json::Value* value = input.Find(member);
      const json::Value* watched = alarm.Find(member);
      if (value && (!watched || *watched != *value)) return false;
    }
  }
  const std::string wanted = MetricId(input);
  return std::ranges::any_of(WatchedMetrics(alarm),
                             [&](const json::Value& id) { return id.AsString() == wanted; });
}

Answer<> DescribeAlarmsForMetric(Context& context, const json::Object& input) {
  json::Array alarms;
  for (const Record* alarm : context.store.List(context.RegionScope(), kAlarm)) {
    if (Watches(alarm->body, input)) alarms.emplace_back(ToShown(*alarm));
  }
  return json::Object{{"MetricAlarms", std::move(alarms)}};
}

constexpr Operation kOperations[] = {
    {.name = "DescribeAlarms", .handle = DescribeAlarms},
    {.name = "DescribeAlarmsForMetric", .handle = DescribeAlarmsForMetric},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kDescribeOperations = kOperations;

}  // namespace trunkline::cloud::cloudwatch
