// SetAlarmState, EnableAlarmActions and DisableAlarmActions.
#include "base/json_read.h"
#include "cloud/services/cloudwatch/alarms.h"
#include "cloud/services/cloudwatch/families.h"

namespace trunkline::cloud::cloudwatch {
namespace {

Answer<> SetAlarmState(Context& context, const json::Object& input) {
  const std::string_view name = input.GetString("AlarmName");
  if (!context.store.Find(context.RegionScope(), kAlarm, name))
    return ServiceError("ResourceNotFound", "Unable to find the alarm.");
  AlarmState state{.value = std::string(input.GetString("StateValue")),
                   .reason = std::string(input.GetString("StateReason")),
                   .data = {}};
  if (input.Has("StateReasonData")) {
    const auto data = json::Parse(input.GetString("StateReasonData"));
    if (!data || !data->IsObject())
      return ServiceError("InvalidFormatFault", "StateReasonData is not valid JSON.");
    state.data = data->AsObject();
  }
  ChangeState(context, name, state);
  return json::Object();
}

Answer<> SetActions(Context& context, const json::Object& input, bool enabled) {
  for (const json::Value& name : input.GetArray("AlarmNames")) {
    const Record* found = context.store.Find(context.RegionScope(), kAlarm, name.AsString());
    if (!found) continue;
    Record alarm = *found;
    alarm.body.Set("ActionsEnabled", enabled);
    SaveAlarm(context, std::move(alarm));
  }
  return json::Object();
}

Answer<> EnableAlarmActions(Context& context, const json::Object& input) {
  return SetActions(context, input, true);
}

Answer<> DisableAlarmActions(Context& context, const json::Object& input) {
  return SetActions(context, input, false);
}

constexpr Operation kOperations[] = {
    {.name = "DisableAlarmActions", .handle = DisableAlarmActions},
    {.name = "EnableAlarmActions", .handle = EnableAlarmActions},
    {.name = "SetAlarmState", .handle = SetAlarmState},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kAlarmStateOperations = kOperations;

}  // namespace trunkline::cloud::cloudwatch
