// PutMetricAlarm, PutCompositeAlarm and DeleteAlarms.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "cloud/services/cloudwatch/alarms.h"
#include "cloud/services/cloudwatch/families.h"
#include "cloud/services/cloudwatch/queries.h"
#include "cloud/services/cloudwatch/rule.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::size_t kMostActions = 5;
constexpr std::int64_t kDay = 86400;

constexpr std::string_view kActionLists[] = {"OKActions", "AlarmActions",
                                             "InsufficientDataActions"};
// What DescribeAlarms shows as it was put.
constexpr std::string_view kMetricMembers[] = {"AlarmDescription",
                                               "MetricName",
                                               "Namespace",
                                               "Statistic",
                                               "ExtendedStatistic",
                                               "Period",
                                               "Unit",
                                               "EvaluationPeriods",
                                               "DatapointsToAlarm",
                                               "Threshold",
                                               "ComparisonOperator",
                                               "TreatMissingData",
                                               "EvaluateLowSampleCountPercentile",
                                               "Metrics"};
constexpr std::string_view kCompositeMembers[] = {
    "AlarmDescription", "AlarmRule", "ActionsSuppressor", "ActionsSuppressorWaitPeriod",
    "ActionsSuppressorExtensionPeriod"};

Answer<void> CheckActions(const json::Object& input) {
  for (const std::string_view list : kActionLists) {
    if (input.GetArray(list).size() > kMostActions) {
      return Invalid(fmt::format("{} can have no more than {} actions.", list, kMostActions));
    }
    for (const json::Value& action : input.GetArray(list)) {
      if (!action.AsString().starts_with("arn:"))
        return Invalid(fmt::format("Invalid arn syntax: {}", action.AsString()));
    }
  }
  return {};
}

Answer<void> CheckUnknown(const json::Object& input) {
  for (const std::string_view member :
       {"ThresholdMetricId", "EvaluationWindow", "EvaluationCriteria", "EvaluationInterval"}) {
    if (input.Has(member))
      return Invalid(fmt::format("{} is not implemented by this cloud.", member));
  }
  const std::string_view comparison = input.GetString("ComparisonOperator");
  if (!comparison.ends_with("UpperThreshold") && !comparison.ends_with("LowerThreshold")) return {};
  return Invalid("Anomaly detection is not implemented by this cloud.");
}

Answer<void> CheckSingleMetric(const json::Object& input) {
  for (const std::string_view member : {"MetricName", "Namespace", "Period"}) {
    if (!input.Has(member))
      return Invalid(fmt::format("The parameter {} is required for an alarm on a metric.", member));
  }
  const std::string_view extended = input.GetString("ExtendedStatistic");
  if (input.Has("Statistic") == !extended.empty())
    return Invalid("Exactly one of Statistic and ExtendedStatistic must be given.");
  if (!extended.empty() && !ReadStat(extended)) {
    return Invalid(
        fmt::format("The value {} for parameter ExtendedStatistic is not supported.", extended));
  }
  const std::int64_t period = input.GetInt("Period");
  if (period == 10 || period == 20 || period == 30 || period % 60 == 0) return {};
  return Invalid("Period must be 10, 20, 30 or a multiple of 60");
}

Answer<void> CheckMetrics(const json::Object& input) {
  for (const std::string_view member : {"MetricName", "Namespace", "Period", "Statistic",
                                        "ExtendedStatistic", "Dimensions", "Unit"}) {
    const bool given = !input.GetString(member).empty() || !input.GetArray(member).empty() ||
                       input.GetInt(member) != 0;
    if (given) {
      return Invalid(fmt::format("The parameters Metrics and {} are mutually exclusive.", member));
    }
  }
  const json::Array& metrics = input.GetArray("Metrics");
  TL_DO(CheckQueries(metrics));
  const auto returning = std::ranges::count_if(
      metrics, [](const json::Value& one) { return one.AsObject().GetBool("ReturnData", true); });
  if (returning == 1) return {};
  return Invalid("Exactly one element of the metrics list should return data.");
}

Answer<void> CheckPeriods(const json::Object& input) {
  for (const std::string_view member : {"EvaluationPeriods", "ComparisonOperator", "Threshold"}) {
    if (!input.Has(member)) return Invalid(fmt::format("The parameter {} is required.", member));
  }
  const std::int64_t periods = input.GetInt("EvaluationPeriods");
  if (input.GetInt("DatapointsToAlarm", 1) > periods)
    return Invalid("DatapointsToAlarm must be less than or equal to EvaluationPeriods.");
  const std::int64_t period =
      input.Has("Period") ? input.GetInt("Period") : LongestPeriod(input.GetArray("Metrics"));
  const std::int64_t days = period >= 3600 ? 7 : 1;
  if (period > 0 && periods > days * kDay / period) {
    return Invalid(
        fmt::format("Metrics cannot be checked across more than {} "
                    "(EvaluationPeriods * Period must be <= {}).",
                    days == 1 ? "a day" : "a week", days * kDay));
  }
  const std::string_view missing = input.GetString("TreatMissingData", "missing");
  constexpr std::string_view kTreatments[] = {"breaching", "notBreaching", "ignore", "missing"};
  if (std::ranges::find(kTreatments, missing) != std::end(kTreatments)) return {};
  return Invalid(
      fmt::format("Option {} is not supported for parameter TreatMissingData.", missing));
}

// The record of an alarm that is put: its state stays, if it was there.
Record Renewed(Context& context, const json::Object& input, std::string_view type,
               std::span<const std::string_view> members) {
  const std::string name(input.GetString("AlarmName"));
  const Record* before = context.store.Find(context.RegionScope(), kAlarm, name);
  Record alarm{.id = name, .parent = "", .name = name, .body = {{"AlarmName", name}}};
  json::Object& body = alarm.body;
  body.Set("AlarmArn", AlarmArn(context, name));
  body.Set("Type", type);
  body.Set("ActionsEnabled", input.GetBool("ActionsEnabled", true));
  for (const std::string_view list : kActionLists) body.Set(list, input.GetArray(list));
  for (const std::string_view member : members) {
    const json::Value* value = input.Find(member);
    const bool empty = value && ((value->IsArray() && value->AsArray().empty()) ||
                                 (value->IsString() && value->AsString().empty()));
    if (value && !empty) body.Set(member, *value);
  }
  body.Set("AlarmConfigurationUpdatedTimestamp", SecondsNow(context));
  if (before) {
    for (const std::string_view member :
         {"StateValue", "StateReason", "StateReasonData", "Data", "StateUpdatedTimestamp",
          "StateTransitionedTimestamp", "Tags", "Job", "Watches"}) {
      if (const json::Value* value = before->body.Find(member)) body.Set(member, *value);
    }
    return alarm;
  }
  body.Set("StateValue", "INSUFFICIENT_DATA");
  body.Set("StateReason", "Unchecked: Initial alarm creation");
  body.Set("StateUpdatedTimestamp", SecondsNow(context));
  body.Set("StateTransitionedTimestamp", SecondsNow(context));
  body.Set("Tags", input.GetArray("Tags"));
  return alarm;
}

Answer<void> CheckName(Context& context, const json::Object& input, std::string_view type) {
  const Record* before =
      context.store.Find(context.RegionScope(), kAlarm, input.GetString("AlarmName"));
  if (!before || before->body.GetString("Type") == type) return {};
  return Invalid(fmt::format("An alarm of another type has the name '{}'.", before->id));
}

void Start(Context& context, Record alarm, const json::Array& watched) {
  const bool fresh = !context.store.Find(context.RegionScope(), kAlarm, alarm.id);
  SetWatches(context, alarm, watched);
  LookSoon(context, alarm, std::chrono::seconds(10));
  json::Object data{{"version", "1.0"}, {"type", fresh ? "Create" : "Update"}};
  Note(context, alarm, "ConfigurationUpdate",
       fmt::format("Alarm \"{}\" {}", alarm.id, fresh ? "created" : "updated"), data);
  SaveAlarm(context, std::move(alarm));
}

Answer<> PutMetricAlarm(Context& context, const json::Object& input) {
  TL_DO(CheckUnknown(input));
  TL_DO(CheckActions(input));
  TL_DO(CheckName(context, input, kMetricAlarm));
  TL_DO(input.GetArray("Metrics").empty() ? CheckSingleMetric(input) : CheckMetrics(input));
  TL_DO(CheckPeriods(input));
  Record alarm = Renewed(context, input, kMetricAlarm, kMetricMembers);
  if (alarm.body.Has("MetricName")) alarm.body.Set("Dimensions", input.GetArray("Dimensions"));
  const json::Array watched = WatchedMetrics(alarm.body);
  Start(context, std::move(alarm), watched);
  return json::Object();
}

// Whether following composite alarms from there leads to `target`.
bool Leads(Context& context, const std::vector<std::string>& from, std::string_view target) {
  std::set<std::string> seen;
  std::vector<std::string> next = from;
  while (!next.empty()) {
    const std::string name = std::move(next.back());
    next.pop_back();
    if (name == target) return true;
    if (!seen.insert(name).second) continue;
    const Record* alarm = context.store.Find(context.RegionScope(), kAlarm, name);
    const auto rule = ReadRule(alarm ? alarm->body.GetString("AlarmRule") : "");
    if (rule) CollectAlarms(*rule, next);
  }
  return false;
}

Answer<> PutCompositeAlarm(Context& context, const json::Object& input) {
  TL_DO(CheckActions(input));
  TL_DO(CheckName(context, input, kCompositeAlarm));
  const auto rule = ReadRule(input.GetString("AlarmRule"));
  if (!rule) return Invalid(fmt::format("AlarmRule is not valid: {}", rule.error().message()));
  std::vector<std::string> names;
  CollectAlarms(*rule, names);
  if (Leads(context, names, input.GetString("AlarmName")))
    return Invalid("AlarmRule must not depend on the alarm itself.");
  json::Array watched;
  std::set<std::string> once(names.begin(), names.end());
  for (const std::string& name : once) {
    if (!context.store.Find(context.RegionScope(), kAlarm, name)) {
      return Invalid(
          fmt::format("Could not save the composite alarm as alarm '{}' in the alarm "
                      "rule does not exist",
                      name));
    }
    watched.emplace_back("alarm\n" + name);
  }
  Record alarm = Renewed(context, input, kCompositeAlarm, kCompositeMembers);
  Start(context, std::move(alarm), watched);
  return json::Object();
}

// All of them or none; those that are not there do not matter.
Answer<> DeleteAlarms(Context& context, const json::Object& input) {
  std::set<std::string> names;
  for (const json::Value& name : input.GetArray("AlarmNames")) names.insert(name.AsString());
  for (const std::string& name : names) {
    for (const std::string& watcher : WatchersOf(context, "alarm\n" + name)) {
      if (names.contains(watcher)) continue;
      return Invalid(
          fmt::format("Alarm '{}' cannot be deleted: the composite alarm '{}' depends "
                      "on it.",
                      name, watcher));
    }
  }
  for (const std::string& name : names) {
    const Record* alarm = context.store.Find(context.RegionScope(), kAlarm, name);
    if (alarm) RemoveAlarm(context, Record(*alarm));
  }
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "DeleteAlarms", .handle = DeleteAlarms},
    {.name = "PutCompositeAlarm", .handle = PutCompositeAlarm},
    {.name = "PutMetricAlarm", .handle = PutMetricAlarm},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kAlarmOperations = kOperations;

}  // namespace trunkline::cloud::cloudwatch
