// The job in which an alarm looks at its metric: soon after it was put or data came, and then every
// minute, or every ten seconds where its period is shorter.
#include <algorithm>

#include "cloud/job_kinds.h"
#include "cloud/services/cloudwatch/alarms.h"
#include "cloud/services/cloudwatch/evaluation.h"
#include "cloud/services/cloudwatch/metrics.h"
#include "cloud/services/cloudwatch/queries.h"

namespace trunkline::cloud {
namespace cloudwatch {
namespace {

std::string_view NameOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kOk:
      return "OK";
    case Verdict::kAlarming:
      return "ALARM";
    case Verdict::kNoData:
      return "INSUFFICIENT_DATA";
    case Verdict::kKeep:
      break;
  }
  return {};
}

std::int64_t StepOf(const json::Object& alarm) {
  const std::int64_t period =
      alarm.Has("Period") ? alarm.GetInt("Period") : LongestPeriod(alarm.GetArray("Metrics"));
  return period > 0 && period < 60 ? 10 : 60;
}

void ArmNext(Context& context, Record& alarm) {
  const std::int64_t step = StepOf(alarm.body);
  const std::int64_t next = RoundDown(Seconds(context.Now()), step) + step;
  json::Object payload{{"Alarm", alarm.id}};
  alarm.body.Set("Job", context.jobs.ScheduleAt(context, kEvaluateAlarmJob, std::move(payload),
                                                TimePoint(std::chrono::seconds(next))));
  alarm.body.Remove("Soon");
}

AlarmState Look(Context& context, const json::Object& alarm) {
  const auto windows = ReadWindows(context, alarm);
  if (!windows) return {.value = {}, .reason = windows.error().message, .data = {}};
  std::vector<Judged> judged;
  for (const Window& window : *windows)
    judged.push_back({.present = window.value.has_value(), .breaching = window.breaching});
  const Decision decision = Decide(TermsOf(alarm), judged);
  const std::string_view value = NameOf(decision.verdict);
  if (value.empty()) return {};
  return DescribeState(context, alarm, decision, *windows, value);
}

Answer<void> EvaluateAlarm(Context& context, const json::Object& payload) {
  const Record* found =
      context.store.Find(context.RegionScope(), kAlarm, payload.GetString("Alarm"));
  if (!found) return {};
  if (found->body.GetString("Type") == kCompositeAlarm) {
    EvaluateComposite(context, payload.GetString("Alarm"));
    return {};
  }
  Record alarm = *found;
  ArmNext(context, alarm);
  const AlarmState state = Look(context, alarm.body);
  SaveAlarm(context, std::move(alarm));
  if (!state.value.empty()) ChangeState(context, payload.GetString("Alarm"), state);
  return {};
}

}  // namespace
}  // namespace cloudwatch

constinit const JobKind kEvaluateAlarmJob{.name = "cloudwatch.evaluate-alarm",
                                          .run = cloudwatch::EvaluateAlarm};

}  // namespace trunkline::cloud
