// The message an alarm publishes to a topic.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudwatch/actions.h"
#include "cloud/services/cloudwatch/region_names.h"

namespace trunkline::cloud::cloudwatch {
namespace {

json::Array NamedDimensions(const json::Array& dimensions) {
  json::Array named;
  for (const json::Value& one : dimensions) {
    named.emplace_back(json::Object{{"value", one.AsObject().GetString("Value")},
                                    {"name", one.AsObject().GetString("Name")}});
  }
  return named;
}

void CopyMembers(const json::Object& from, std::initializer_list<std::string_view> members,
                 json::Object& into) {
  for (const std::string_view member : members) {
    if (const json::Value* value = from.Find(member)) into.Set(member, *value);
  }
}

json::Array QueriesOf(const json::Object& alarm) {
  json::Array queries;
  for (const json::Value& one : alarm.GetArray("Metrics")) {
    json::Object query = one.AsObject();
    if (json::Value* stat = query.Find("MetricStat")) {
      json::Object& metric = stat->AsObject()["Metric"].AsObject();
      metric.Set("Dimensions", NamedDimensions(metric.GetArray("Dimensions")));
    }
    queries.emplace_back(std::move(query));
  }
  return queries;
}

json::Object TriggerOf(const json::Object& alarm) {
  json::Object trigger;
  CopyMembers(alarm, {"MetricName", "Namespace"}, trigger);
  if (alarm.Has("Statistic")) {
    trigger.Set("StatisticType", "Statistic");
    const std::string_view statistic = alarm.GetString("Statistic");
    trigger.Set("Statistic", statistic == "SampleCount" ? "SAMPLE_COUNT" : ToUpper(statistic));
  } else if (alarm.Has("ExtendedStatistic")) {
    trigger.Set("StatisticType", "ExtendedStatistic");
    trigger.Set("ExtendedStatistic", alarm.GetString("ExtendedStatistic"));
  }
  if (alarm.Has("MetricName")) {
    trigger.Set("Unit", alarm.Has("Unit") ? alarm.At("Unit") : json::Value());
    trigger.Set("Dimensions", NamedDimensions(alarm.GetArray("Dimensions")));
  } else {
    trigger.Set("Metrics", QueriesOf(alarm));
  }
  CopyMembers(
      alarm,
      {"Period", "EvaluationPeriods", "DatapointsToAlarm", "ComparisonOperator", "Threshold"},
      trigger);
  trigger.Set("TreatMissingData", alarm.GetString("TreatMissingData"));
  trigger.Set("EvaluateLowSampleCountPercentile",
              alarm.GetString("EvaluateLowSampleCountPercentile"));
  return trigger;
}

json::Array TriggeringChildren(const json::Object& data) {
  json::Array children;
  for (const json::Value& one : data.GetArray("triggeringAlarms")) {
    const json::Object& state = one.AsObject().GetObject("state");
    json::Object shown{{"Value", state.GetString("value")},
                       {"Timestamp", state.GetString("timestamp")}};
    children.emplace_back(
        json::Object{{"Arn", one.AsObject().GetString("arn")}, {"State", std::move(shown)}});
  }
  return children;
}

}  // namespace

json::Object MessageOf(const Context& context, const Change& change) {
  const json::Object& alarm = change.alarm.body;
  json::Object message{{"AlarmName", change.alarm.id}};
  message.Set("AlarmDescription",
              alarm.Has("AlarmDescription") ? alarm.At("AlarmDescription") : json::Value());
  message.Set("AWSAccountId", context.caller.account);
  message.Set("AlarmConfigurationUpdatedTimestamp",
              AlarmTime(FromEpochSeconds(alarm.GetDouble("AlarmConfigurationUpdatedTimestamp"))));
  message.Set("NewStateValue", alarm.GetString("StateValue"));
  message.Set("NewStateReason", alarm.GetString("StateReason"));
  message.Set("StateChangeTime",
              AlarmTime(FromEpochSeconds(alarm.GetDouble("StateUpdatedTimestamp"))));
  message.Set("Region", RegionName(context.region));
  message.Set("AlarmArn", alarm.GetString("AlarmArn"));
  message.Set("OldStateValue", change.before.value);
  for (const std::string_view member : {"OKActions", "AlarmActions", "InsufficientDataActions"})
    message.Set(member, alarm.GetArray(member));
  if (alarm.GetString("Type") == kMetricAlarm) {
    message.Set("Trigger", TriggerOf(alarm));
  } else {
    message.Set("AlarmRule", alarm.GetString("AlarmRule"));
    message.Set("TriggeringChildren", TriggeringChildren(alarm.GetObject("Data")));
  }
  return message;
}

}  // namespace trunkline::cloud::cloudwatch
