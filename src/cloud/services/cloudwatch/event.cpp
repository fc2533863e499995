// What EventBridge and functions are told of a change.
#include "base/json_write.h"
#include "cloud/callers.h"
#include "cloud/services/cloudwatch/actions.h"

namespace trunkline::cloud::cloudwatch {
namespace {

json::Object MetricOf(const json::Object& metric) {
  json::Object dimensions;
  for (const json::Value& one : metric.GetArray("Dimensions"))
    dimensions.Set(one.AsObject().GetString("Name"), one.AsObject().GetString("Value"));
  return {{"namespace", metric.GetString("Namespace")},
          {"name", metric.GetString("MetricName")},
          {"dimensions", std::move(dimensions)}};
}

json::Object StatOf(const json::Object& metric, std::int64_t period, std::string_view stat,
                    std::string_view unit) {
  json::Object shown{{"metric", MetricOf(metric)}, {"period", period}, {"stat", stat}};
  shown.SetIfNotEmpty("unit", unit);
  return shown;
}

json::Array MetricsOf(Context& context, const json::Object& alarm) {
  json::Array metrics;
  if (alarm.Has("MetricName")) {
    metrics.emplace_back(json::Object{
        {"id", NewUuid(context.random)},
        {"metricStat", StatOf(alarm, alarm.GetInt("Period"),
                              alarm.GetString("Statistic", alarm.GetString("ExtendedStatistic")),
                              alarm.GetString("Unit"))},
        {"returnData", true}});
    return metrics;
  }
  for (const json::Value& one : alarm.GetArray("Metrics")) {
    const json::Object& query = one.AsObject();
    json::Object shown{{"id", query.GetString("Id")}};
    shown.SetIfNotEmpty("expression", query.GetString("Expression"));
    shown.SetIfNotEmpty("label", query.GetString("Label"));
    const json::Object& stat = query.GetObject("MetricStat");
    if (!stat.empty()) {
      shown.Set("metricStat", StatOf(stat.GetObject("Metric"), stat.GetInt("Period"),
                                     stat.GetString("Stat"), stat.GetString("Unit")));
    }
    shown.Set("returnData", query.GetBool("ReturnData", true));
    metrics.emplace_back(std::move(shown));
  }
  return metrics;
}

json::Object StateOf(std::string_view value, std::string_view reason, const json::Object& data,
                     double since) {
  json::Object shown{{"value", value}, {"reason", reason}};
  if (!data.empty()) shown.Set("reasonData", json::Write(data));
  shown.Set("timestamp", AlarmTime(FromEpochSeconds(since)));
  return shown;
}

json::Object ConfigurationOf(Context& context, const json::Object& alarm) {
  json::Object configuration;
  configuration.SetIfNotEmpty("description", alarm.GetString("AlarmDescription"));
  if (alarm.GetString("Type") == kCompositeAlarm) {
    configuration.Set("alarmRule", alarm.GetString("AlarmRule"));
    configuration.SetIfNotEmpty("actionsSuppressor", alarm.GetString("ActionsSuppressor"));
  } else {
    configuration.Set("metrics", MetricsOf(context, alarm));
  }
  return configuration;
}

}  // namespace

json::Object EventDetail(Context& context, const Change& change) {
  const json::Object& alarm = change.alarm.body;
  return {{"alarmName", change.alarm.id},
          {"state", StateOf(alarm.GetString("StateValue"), alarm.GetString("StateReason"),
                            alarm.GetObject("Data"), alarm.GetDouble("StateUpdatedTimestamp"))},
          {"previousState", StateOf(change.before.value, change.before.reason, change.before.data,
                                    change.before_since)},
          {"configuration", ConfigurationOf(context, alarm)}};
}

void TellEventBridge(Context& context, const Change& change) {
  json::Object entry{{"Source", "aws.cloudwatch"},
                     {"DetailType", "CloudWatch Alarm State Change"},
                     {"Detail", json::Write(EventDetail(context, change))},
                     {"Resources", json::Array{change.alarm.body.At("AlarmArn")}}};
  // What is wrong with the bus is not the alarm's business.
  static_cast<void>(context.CallAs(RootCaller(context.caller.account), context.region, "events",
                                   "PutEvents", {{"Entries", json::Array{std::move(entry)}}}));
}

}  // namespace trunkline::cloud::cloudwatch
