// AWS::CloudWatch::Alarm.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// Descriptions of alarms are asked for by a list of names.
json::Object KeysOfAlarm(const Mapping& /*mapping*/, const ResourceOrder& order) {
  json::Object keys;
  keys.Set("AlarmName", order.physical_id);
  keys.Set("AlarmNames", json::Array{order.physical_id});
  return keys;
}

constexpr auto kProperties = Properties<
    "ActionsEnabled AlarmActions AlarmDescription AlarmName^ ComparisonOperator* "
    "DatapointsToAlarm Dimensions EvaluateLowSampleCountPercentile EvaluationCriteria~ "
    "EvaluationInterval~ EvaluationPeriods ExtendedStatistic InsufficientDataActions MetricName "
    "Metrics Namespace OKActions Period Statistic Tags~ Threshold ThresholdMetricId "
    "TreatMissingData Unit">();

constexpr auto kAttributes = Words<"Arn">();

constexpr Name kValues[] = {
    {"Arn", "AlarmArn"},
};

constexpr Mapping kMapping{
    .type = "AWS::CloudWatch::Alarm",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "cloudwatch",
    .create = "PutMetricAlarm",
    .describe = "DescribeAlarms",
    .described = "MetricAlarms",
    .update = "PutMetricAlarm",
    .remove = "DeleteAlarms",
    .id = "AlarmName",
    .values = kValues,
    .naming = {.property = "AlarmName", .limit = 255},
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "AlarmArn",
    .keys_of = KeysOfAlarm,
};

}  // namespace

constinit const ResourceType kCloudWatchAlarmType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
