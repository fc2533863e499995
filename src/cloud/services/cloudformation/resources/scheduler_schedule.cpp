// AWS::Scheduler::Schedule.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The physical id is the name (seen); the group is told by the properties, as last applied.
json::Object KeysOfSchedule(const Mapping& /*mapping*/, const ResourceOrder& order) {
  json::Object keys;
  keys.Set("Name", order.physical_id);
  const json::Object& applied = order.previous.empty() ? order.properties : order.previous;
  const std::string_view group = applied.GetString("GroupName");
  if (!group.empty()) keys.Set("GroupName", group);
  return keys;
}

constexpr auto kProperties = Properties<
    "Description EndDate~ FlexibleTimeWindow* GroupName^ KmsKeyArn Name^ ScheduleExpression* "
    "ScheduleExpressionTimezone StartDate~ State Target*">();

constexpr auto kAttributes = Words<"Arn">();

constexpr Name kValues[] = {
    {"Arn", "ScheduleArn"},
};

constexpr Mapping kMapping{
    .type = "AWS::Scheduler::Schedule",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "scheduler",
    .create = "CreateSchedule",
    .describe = "GetSchedule",
    .update = "UpdateSchedule",
    .remove = "DeleteSchedule",
    .id = "Name",
    .values = kValues,
    .naming = {.property = "Name", .limit = 64},
    .keys_of = KeysOfSchedule,
};

}  // namespace

constinit const ResourceType kSchedulerScheduleType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
