// Alarms as they are kept. Scope: account and Region.
//
//   {"cloudwatch","alarm"}    id and name: the alarm's; body: the members of DescribeAlarms,
//                             "Type" (MetricAlarm, CompositeAlarm), "Tags", "Job" (its next look),
//                             "Soon" (it was brought forward by new data), "Watches" (its watches)
//   {"cloudwatch","watch"}    that an alarm depends on something. id "<what>\n<alarm>", parent:
//                             what (a metric's id, or "alarm\n<name>"), name: the alarm's
//   {"cloudwatch","history"}  parent: the alarm, name: a number, the newest first; body: an item of
//                             DescribeAlarmHistory
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::cloudwatch {

inline constexpr Kind kAlarm{"cloudwatch", "alarm"};
inline constexpr Kind kWatch{"cloudwatch", "watch"};
inline constexpr Kind kHistory{"cloudwatch", "history"};

inline constexpr std::string_view kMetricAlarm = "MetricAlarm";
inline constexpr std::string_view kCompositeAlarm = "CompositeAlarm";

std::string AlarmArn(const Context& context, std::string_view name);
// Of a name or an ARN of the caller's account and Region.
std::string AlarmNameOf(std::string_view name_or_arn);

void SaveAlarm(Context& context, Record alarm);
// With its watches, history and job.
void RemoveAlarm(Context& context, const Record& alarm);

// What the alarm depends on, instead of what it did: metric ids, or "alarm\n<name>".
void SetWatches(Context& context, Record& alarm, const json::Array& watched);
std::vector<std::string> WatchersOf(Context& context, std::string_view watched);
// The metrics of a metric alarm, by id.
json::Array WatchedMetrics(const json::Object& alarm);

// Evaluates the alarm soon: with --realistic-delays after that time. The body gets the job's id.
void LookSoon(Context& context, Record& alarm, Milliseconds realistic);

// What an alarm has come to.
struct AlarmState {
  std::string value;  // OK, ALARM, INSUFFICIENT_DATA
  std::string reason;
  json::Object data;  // StateReasonData; empty: none
};

// Puts the alarm into the state, and if that is another: writes history, tells EventBridge, acts,
// and has the composite alarms that depend on it look.
void ChangeState(Context& context, std::string_view alarm_name, const AlarmState& state);

// Of a composite alarm.
void EvaluateComposite(Context& context, std::string_view alarm_name);

// Adds an item of history.
void Note(Context& context, const Record& alarm, std::string_view type, std::string_view summary,
          const json::Object& data);

// "2026-11-27T10:42:00.000+0000": times in reasons, events and messages.
std::string AlarmTime(TimePoint time);

json::Number SecondsNow(const Context& context);

}  // namespace trunkline::cloud::cloudwatch
