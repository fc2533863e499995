// AWS::CloudWatch::CompositeAlarm.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// Descriptions are asked for by a list of names, and by type: without one they are of metric
// alarms.
json::Object KeysOfComposite(const Mapping& /*mapping*/, const ResourceOrder& order) {
  json::Object keys;
  keys.Set("AlarmName", order.physical_id);
  keys.Set("AlarmNames", json::Array{order.physical_id});
  keys.Set("AlarmTypes", json::Array{"CompositeAlarm"});
  return keys;
}

constexpr auto kProperties = Properties<
    "ActionsEnabled ActionsSuppressor ActionsSuppressorExtensionPeriod "
    "ActionsSuppressorWaitPeriod AlarmActions AlarmDescription AlarmName^ AlarmRule* "
    "InsufficientDataActions OKActions Tags~">();

constexpr auto kAttributes = Words<"Arn">();

constexpr Name kValues[] = {
    {"Arn", "AlarmArn"},
};

constexpr Mapping kMapping{
    .type = "AWS::CloudWatch::CompositeAlarm",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "cloudwatch",
    .create = "PutCompositeAlarm",
    .describe = "DescribeAlarms",
    .described = "CompositeAlarms",
    .update = "PutCompositeAlarm",
    .remove = "DeleteAlarms",
    .id = "AlarmName",
    .values = kValues,
    .naming = {.property = "AlarmName", .limit = 255},
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "AlarmArn",
    .keys_of = KeysOfComposite,
};

}  // namespace

constinit const ResourceType kCloudWatchCompositeAlarmType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
