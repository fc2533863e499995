// The state of an alarm, and what follows from its change.
#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/services/cloudwatch/actions.h"
#include "cloud/services/cloudwatch/alarms.h"
#include "cloud/services/cloudwatch/rule.h"

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::string_view kUnchecked = "Unchecked:";

json::Object StateData(std::string_view value, std::string_view reason, const json::Object& data) {
  json::Object shown{{"stateValue", value}, {"stateReason", reason}};
  if (!data.empty()) shown.Set("stateReasonData", data);
  return shown;
}

void NoteChange(Context& context, const Change& change) {
  const json::Object& alarm = change.alarm.body;
  json::Object data{
      {"version", "1.0"},
      {"oldState", StateData(change.before.value, change.before.reason, change.before.data)},
      {"newState", StateData(alarm.GetString("StateValue"), alarm.GetString("StateReason"),
                             alarm.GetObject("Data"))}};
  Note(context, change.alarm, "StateUpdate",
       fmt::format("Alarm updated from {} to {}", change.before.value,
                   alarm.GetString("StateValue")),
       data);
}

void WakeComposites(Context& context, const std::string& alarm_name) {
  for (const std::string& name : WatchersOf(context, "alarm\n" + alarm_name)) {
    const Record* found = context.store.Find(context.RegionScope(), kAlarm, name);
    if (!found || found->body.GetBool("Soon")) continue;
    Record composite = *found;
    LookSoon(context, composite, std::chrono::seconds(1));
    SaveAlarm(context, std::move(composite));
  }
}

void SetState(const Context& context, const AlarmState& state, json::Object& body) {
  body.Set("StateValue", state.value);
  body.Set("StateReason", state.reason);
  body.Remove("StateReasonData");
  if (!state.data.empty()) body.Set("StateReasonData", json::Write(state.data));
  body.Set("Data", state.data);
  body.Set("StateUpdatedTimestamp", SecondsNow(context));
}

std::string StateOf(Context& context, const std::string& name) {
  const Record* alarm = context.store.Find(context.RegionScope(), kAlarm, name);
  return std::string(alarm ? alarm->body.GetString("StateValue") : std::string_view());
}

// Whether the suppressor keeps a composite alarm from acting.
void Suppress(Context& context, json::Object& body) {
  body.Remove("ActionsSuppressedBy");
  body.Remove("ActionsSuppressedReason");
  const std::string suppressor(body.GetString("ActionsSuppressor"));
  if (suppressor.empty() || StateOf(context, AlarmNameOf(suppressor)) != "ALARM") return;
  body.Set("ActionsSuppressedBy", "Alarm");
  body.Set("ActionsSuppressedReason",
           fmt::format("Actions suppressed by {}", AlarmNameOf(suppressor)));
}

AlarmState CompositeState(Context& context, const RuleNode& rule) {
  const bool holds = Holds(rule, [&, state = std::string()](const std::string& alarm) mutable {
    state = StateOf(context, alarm);
    return std::string_view(state);
  });
  AlarmState state{.value = holds ? "ALARM" : "OK", .reason = {}, .data = {}};
  std::vector<std::string> names;
  CollectAlarms(rule, names);
  json::Array triggering;
  const std::string* newest = nullptr;
  double newest_at = -1;
  for (const std::string& name : names) {
    const Record* child = context.store.Find(context.RegionScope(), kAlarm, name);
    if (!child) continue;
    const double at = child->body.GetDouble("StateUpdatedTimestamp");
    json::Object shown{{"value", child->body.GetString("StateValue")},
                       {"timestamp", AlarmTime(FromEpochSeconds(at))}};
    triggering.emplace_back(
        json::Object{{"arn", AlarmArn(context, name)}, {"state", std::move(shown)}});
    if (at > newest_at) newest = &name;
    newest_at = std::max(newest_at, at);
  }
  state.reason =
      newest ? fmt::format("{} transitioned to {} at {}", AlarmArn(context, *newest),
                           StateOf(context, *newest), AlarmTime(FromEpochSeconds(newest_at)))
             : fmt::format("The alarm rule is {}", holds ? "TRUE" : "FALSE");
  if (!triggering.empty()) state.data.Set("triggeringAlarms", std::move(triggering));
  return state;
}

}  // namespace

void ChangeState(Context& context, std::string_view alarm_name, const AlarmState& state) {
  const Record* found = context.store.Find(context.RegionScope(), kAlarm, alarm_name);
  if (!found) return;
  Change change{.alarm = *found,
                .before = {.value = std::string(found->body.GetString("StateValue")),
                           .reason = std::string(found->body.GetString("StateReason")),
                           .data = found->body.GetObject("Data")},
                .before_since = found->body.GetDouble("StateUpdatedTimestamp")};
  json::Object& body = change.alarm.body;
  const bool same = change.before.value == state.value;
  // A first look that finds no data changes nothing but the words.
  if (same && !change.before.reason.starts_with(kUnchecked)) return;
  SetState(context, state, body);
  if (!same) body.Set("StateTransitionedTimestamp", SecondsNow(context));
  if (body.GetString("Type") == kCompositeAlarm) Suppress(context, body);
  SaveAlarm(context, change.alarm);
  if (same) return;
  NoteChange(context, change);
  TellEventBridge(context, change);
  Act(context, change);
  WakeComposites(context, change.alarm.id);
}

void EvaluateComposite(Context& context, std::string_view alarm_name) {
  const Record* found = context.store.Find(context.RegionScope(), kAlarm, alarm_name);
  if (!found) return;
  Record alarm = *found;
  alarm.body.Remove("Soon");
  const auto rule = ReadRule(alarm.body.GetString("AlarmRule"));
  SaveAlarm(context, std::move(alarm));
  if (rule) ChangeState(context, alarm_name, CompositeState(context, *rule));
}

}  // namespace trunkline::cloud::cloudwatch
