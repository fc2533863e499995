// The runs of schedules: a job at each schedule's next time, and one for each call it makes.
#include <fmt/format.h>

#include "base/text.h"
#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/job_kinds.h"
#include "cloud/services/events/retry.h"
#include "cloud/services/scheduler/expression.h"
#include "cloud/services/scheduler/records.h"
#include "cloud/services/scheduler/targets.h"

namespace trunkline::cloud {
namespace scheduler {
namespace {

json::Object Attribute(std::string_view text) {
  return {{"DataType", "String"}, {"StringValue", text.empty() ? "-" : text}};
}

// Within StartDate and EndDate. A time that has come already is one.
std::optional<TimePoint> NextRun(const json::Object& schedule, TimePoint from) {
  const auto expression = Expression::Read(schedule.GetString("ScheduleExpression"),
                                           schedule.GetString("ScheduleExpressionTimezone"));
  if (!expression) return std::nullopt;
  const TimePoint begun = FromEpochSeconds(schedule.GetDouble("Begun"));
  const auto next = expression->Next(std::max(from, begun), begun);
  if (!next) return std::nullopt;
  const bool over =
      schedule.Has("EndDate") && *next > FromEpochSeconds(schedule.GetDouble("EndDate"));
  return over ? std::nullopt : next;
}

void ArmFrom(Context& context, Record& schedule, TimePoint from) {
  schedule.body.Remove("Job");
  const auto next = NextRun(schedule.body, from);
  if (!next || schedule.body.GetString("State") != "ENABLED") return;
  json::Object payload{{"Schedule", schedule.id}, {"Due", json::Number{EpochSeconds(*next)}}};
  schedule.body.Set("Job",
                    context.jobs.ScheduleAt(context, kRunScheduleJob, std::move(payload), *next));
}

std::string Filled(std::string_view input, const json::Object& run) {
  std::string text(input);
  text = Replace(text, "<aws.scheduler.schedule-arn>", run.GetString("ScheduleArn"));
  text = Replace(text, "<aws.scheduler.scheduled-time>", run.GetString("Time"));
  text = Replace(text, "<aws.scheduler.execution-id>", run.GetString("ExecutionId"));
  return Replace(text, "<aws.scheduler.attempt-number>", std::to_string(run.GetInt("Attempt") + 1));
}

Answer<void> RunSchedule(Context& context, const json::Object& payload) {
  const Record* found =
      context.store.Find(context.RegionScope(), kSchedule, payload.GetString("Schedule"));
  if (!found) return {};
  Record schedule = *found;
  const TimePoint due = FromEpochSeconds(payload.GetDouble("Due"));
  json::Object run{{"Target", schedule.body.At("Target")},
                   {"ScheduleArn", schedule.body.At("Arn")},
                   {"ExecutionId", NewUuid(context.random)},
                   {"Time", ToIso8601(std::chrono::floor<std::chrono::seconds>(due))},
                   {"Accepted", json::Number{EpochSeconds(context.Now())}},
                   {"Attempt", 0}};
  context.jobs.ScheduleAt(context, kCallScheduledJob, std::move(run), context.Now());
  // What was missed while the cloud was down is made up for once.
  ArmFrom(context, schedule, std::max(due, context.Now()) + Milliseconds(1));
  const bool over = !schedule.body.Has("Job");
  if (over && schedule.body.GetString("ActionAfterCompletion") == "DELETE")
    context.store.Delete(context.RegionScope(), kSchedule, schedule.id);
  else
    context.store.Put(context.RegionScope(), kSchedule, std::move(schedule));
  return {};
}

Answer<> ToDeadLetters(Context& context, const json::Object& run, const ServiceError& error) {
  const json::Object& target = run.GetObject("Target");
  const auto queue = ParseArn(target.GetObject("DeadLetterConfig").GetString("Arn"));
  if (!queue) return json::Object();
  json::Object attributes{{"ERROR_CODE", Attribute(error.code)},
                          {"ERROR_MESSAGE", Attribute(error.message)},
                          {"EXECUTION_ID", Attribute(run.GetString("ExecutionId"))},
                          {"RETRY_ATTEMPTS", Attribute(std::to_string(run.GetInt("Attempt")))},
                          {"SCHEDULED_TIME", Attribute(run.GetString("Time"))},
                          {"SCHEDULE_ARN", Attribute(run.GetString("ScheduleArn"))},
                          {"TARGET_ARN", Attribute(target.GetString("Arn"))}};
  json::Object input{
      {"QueueUrl", fmt::format("{}/{}/{}", context.endpoint, queue->account, queue->resource)},
      {"MessageBody", Filled(target.GetString("Input", "{}"), run)},
      {"MessageAttributes", std::move(attributes)}};
  return context.CallAs(RootCaller(queue->account), queue->region, "sqs", "SendMessage", input);
}

Answer<> NotCalled(Context& context, const json::Object& run, const ServiceError& error) {
  const events::Attempts attempts{.made = run.GetInt("Attempt"),
                                  .accepted = FromEpochSeconds(run.GetDouble("Accepted"))};
  const auto next = events::NextAttempt(error, run.GetObject("Target").GetObject("RetryPolicy"),
                                        attempts, context.Now());
  if (!next) return ToDeadLetters(context, run, error);
  json::Object retried = run;
  retried.Set("Attempt", attempts.made + 1);
  context.jobs.ScheduleAt(context, kCallScheduledJob, std::move(retried), *next);
  return json::Object();
}

net::aw<Answer<>> CallScheduled(WaitContext context, json::Object run) {
  Call call;
  call.target = run.GetObject("Target");
  if (call.target.Has("Input"))
    call.target.Set("Input", Filled(call.target.GetString("Input"), run));
  call.schedule_arn = run.GetString("ScheduleArn");
  call.execution_id = run.GetString("ExecutionId");
  call.time = run.GetString("Time");
  const Answer<> called = co_await CallTarget(context, std::move(call));
  if (called) co_return json::Object();
  context.log().Warn("schedule {} did not reach {}: {}: {}", run.GetString("ScheduleArn"),
                     run.GetObject("Target").GetString("Arn"), called.error().code,
                     called.error().message);
  co_return context.State([&](Context& state) { return NotCalled(state, run, called.error()); });
}
constexpr WaitHandler kCallScheduled{CallScheduled};

}  // namespace

void Arm(Context& context, Record& schedule) {
  const TimePoint start = schedule.body.Has("StartDate")
                              ? FromEpochSeconds(schedule.body.GetDouble("StartDate"))
                              : context.Now();
  schedule.body.Set("Begun", json::Number{EpochSeconds(std::max(start, context.Now()))});
  ArmFrom(context, schedule, context.Now());
}

void Disarm(Context& context, const Record& schedule) {
  context.jobs.Cancel(context, schedule.body.GetString("Job"));
}

}  // namespace scheduler

constinit const JobKind kCallScheduledJob{.name = "scheduler.call",
                                          .wait = &scheduler::kCallScheduled};
constinit const JobKind kRunScheduleJob{.name = "scheduler.run", .run = scheduler::RunSchedule};

}  // namespace trunkline::cloud
