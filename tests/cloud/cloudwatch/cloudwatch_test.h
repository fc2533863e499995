// CloudWatchTest: puts data and alarms, and reads them back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {

class CloudWatchTest : public CloudTest {
 protected:
  json::Number Time(std::int64_t seconds_ago) {
    return json::Number{EpochSeconds(clock().Now() - std::chrono::seconds(seconds_ago))};
  }

  // One value, now or some time ago.
  void Put(std::string_view metric, double value, std::int64_t seconds_ago = 0,
           std::string_view unit = "None") {
    json::Object datum{
        {"MetricName", metric}, {"Value", value}, {"Unit", unit}, {"Timestamp", Time(seconds_ago)}};
    Do("cloudwatch", "PutMetricData",
       {{"Namespace", "Shop"}, {"MetricData", json::Array{std::move(datum)}}});
  }

  static json::Object Stat(std::string_view id, std::string_view metric, std::string_view stat) {
    json::Object which{{"Namespace", "Shop"}, {"MetricName", metric}};
    json::Object metric_stat{{"Metric", std::move(which)}, {"Period", 60}, {"Stat", stat}};
    return {{"Id", id}, {"MetricStat", std::move(metric_stat)}};
  }

  static json::Object Math(std::string_view expression) {
    return {{"Id", "result"}, {"Expression", expression}};
  }

  // Of the last `minutes`, of the query "result", oldest first.
  std::vector<double> Values(json::Array queries, std::int64_t minutes = 10) {
    for (json::Value& query : queries) {
      if (query.AsObject().GetString("Id") != "result") query.AsObject().Set("ReturnData", false);
    }
    json::Object input{{"MetricDataQueries", std::move(queries)},
                       {"StartTime", Time(minutes * 60)},
                       {"EndTime", Time(-1)},
                       {"ScanBy", "TimestampAscending"}};
    const json::Object answer = Do("cloudwatch", "GetMetricData", input);
    std::vector<double> values;
    if (answer.GetArray("MetricDataResults").empty()) return values;
    for (const json::Value& value :
         answer.GetArray("MetricDataResults")[0].AsObject().GetArray("Values"))
      values.push_back(value.AsDouble());
    return values;
  }

  // An alarm on Shop/Errors: the sum of a minute above 5.
  json::Object AlarmInput(std::string_view name) {
    return {{"AlarmName", name},      {"Namespace", "Shop"},
            {"MetricName", "Errors"}, {"Statistic", "Sum"},
            {"Period", 60},           {"EvaluationPeriods", 1},
            {"Threshold", 5.0},       {"ComparisonOperator", "GreaterThanThreshold"}};
  }

  json::Object Alarm(std::string_view name) {
    json::Object input{{"AlarmNames", json::Array{name}},
                       {"AlarmTypes", json::Array{"MetricAlarm", "CompositeAlarm"}}};
    const json::Object answer = Do("cloudwatch", "DescribeAlarms", input);
    for (const std::string_view list : {"MetricAlarms", "CompositeAlarms"}) {
      if (!answer.GetArray(list).empty()) return answer.GetArray(list)[0].AsObject();
    }
    return {};
  }
  std::string State(std::string_view name) {
    return std::string(Alarm(name).GetString("StateValue"));
  }

  // Long enough for what was asked for soon.
  void Soon() { Advance(Milliseconds(200)); }
};

}  // namespace trunkline::cloud::tests
