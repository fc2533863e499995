// Schedules.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/services/scheduler/expression.h"
#include "cloud/services/scheduler/families.h"
#include "cloud/services/scheduler/records.h"
#include "cloud/services/scheduler/targets.h"

namespace trunkline::cloud::scheduler {
namespace {

constexpr std::int64_t kPage = 100;

Answer<void> CheckWindow(const json::Object& input) {
  const json::Object& window = input.GetObject("FlexibleTimeWindow");
  const bool flexible = window.GetString("Mode") == "FLEXIBLE";
  if (flexible == window.Has("MaximumWindowInMinutes")) return {};
  return Invalid(flexible ? "MaximumWindowInMinutes is required for flexible time windows."
                          : "MaximumWindowInMinutes must not be given when Mode is OFF.");
}

Answer<void> CheckSchedule(Context& context, const json::Object& input) {
  const auto read = Expression::Read(input.GetString("ScheduleExpression"),
                                     input.GetString("ScheduleExpressionTimezone"));
  if (!read) return Invalid(read.error().message());
  TL_DO(CheckWindow(input));
  if (input.Has("StartDate") && input.Has("EndDate") &&
      input.GetDouble("StartDate") >= input.GetDouble("EndDate"))
    return Invalid("The EndDate must come after the StartDate.");
  if (input.Has("EndDate") && FromEpochSeconds(input.GetDouble("EndDate")) <= context.Now())
    return Invalid("The EndDate you specify must be in the future.");
  const json::Object& target = input.GetObject("Target");
  TL_DO(CheckTarget(target));
  const access::Deputy deputy{
      .service = "scheduler.amazonaws.com",
      .source_arn = GroupArn(context, input.GetString("GroupName", kDefaultGroup)),
      .source_account = {}};
  if (access::MayActAs(context, deputy, target.GetString("RoleArn"))) return {};
  return Invalid(
      "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.");
}

// All that is asked for; what an update leaves out falls back, as nothing is kept of before.
Record Written(Context& context, const json::Object& input, const Record* before) {
  const std::string name(input.GetString("Name"));
  const std::string group(input.GetString("GroupName", kDefaultGroup));
  Record schedule{
      .id = fmt::format("{}/{}", group, name), .parent = group, .name = name, .body = {}};
  json::Object& body = schedule.body;
  const json::Number now{EpochSeconds(context.Now())};
  body.Set("Arn", MakeArn(context, "scheduler", fmt::format("schedule/{}", schedule.id)));
  body.Set("Name", name);
  body.Set("GroupName", group);
  body.Set("CreationDate", before ? before->body.At("CreationDate") : json::Value(now));
  body.Set("LastModificationDate", now);
  for (const std::string_view member : {"Description", "EndDate", "FlexibleTimeWindow", "KmsKeyArn",
                                        "ScheduleExpression", "StartDate"}) {
    if (const json::Value* value = input.Find(member)) body.Set(member, *value);
  }
  body.Set("ScheduleExpressionTimezone", input.GetString("ScheduleExpressionTimezone", "UTC"));
  body.Set("State", input.GetString("State", "ENABLED"));
  body.Set("ActionAfterCompletion", input.GetString("ActionAfterCompletion", "NONE"));
  json::Object target = input.GetObject("Target");
  json::Object retry = target.GetObject("RetryPolicy");
  if (!retry.Has("MaximumEventAgeInSeconds")) retry.Set("MaximumEventAgeInSeconds", 86400);
  if (!retry.Has("MaximumRetryAttempts")) retry.Set("MaximumRetryAttempts", 185);
  target.Set("RetryPolicy", std::move(retry));
  body.Set("Target", std::move(target));
  return schedule;
}

Answer<> PutSchedule(Context& context, const json::Object& input, const Record* before) {
  TL_DO(CheckSchedule(context, input));
  if (before) Disarm(context, *before);
  Record schedule = Written(context, input, before);
  Arm(context, schedule);
  json::Object answer{{"ScheduleArn", schedule.body.At("Arn")}};
  context.store.Put(context.RegionScope(), kSchedule, std::move(schedule));
  return answer;
}

Answer<> CreateSchedule(Context& context, const json::Object& input) {
  TL_DO(FindGroup(context, input.GetString("GroupName")));
  if (FindSchedule(context, input)) {
    return ServiceError("ConflictException",
                        fmt::format("Schedule {} already exists.", input.GetString("Name")));
  }
  return PutSchedule(context, input, nullptr);
}

Answer<> UpdateSchedule(Context& context, const json::Object& input) {
  TL_TRY(const Record before, FindSchedule(context, input));
  return PutSchedule(context, input, &before);
}

Answer<> GetSchedule(Context& context, const json::Object& input) {
  TL_TRY(Record schedule, FindSchedule(context, input));
  schedule.body.Remove("Job");
  schedule.body.Remove("Begun");
  return std::move(schedule.body);
}

Answer<> DeleteSchedule(Context& context, const json::Object& input) {
  TL_TRY(const Record schedule, FindSchedule(context, input));
  Disarm(context, schedule);
  context.store.Delete(context.RegionScope(), kSchedule, schedule.id);
  return json::Object();
}

json::Object ToSummary(const json::Object& schedule) {
  json::Object shown;
  for (const std::string_view member :
       {"Arn", "CreationDate", "GroupName", "LastModificationDate", "Name", "State"})
    shown.Set(member, schedule.At(member));
  shown.Set("Target", json::Object{{"Arn", schedule.GetObject("Target").At("Arn")}});
  return shown;
}

Answer<> ListSchedules(Context& context, const json::Object& input) {
  const std::string_view group = input.GetString("GroupName");
  if (!group.empty()) TL_DO(FindGroup(context, group));
  const std::string prefix(input.GetString("NamePrefix"));
  const std::string_view state = input.GetString("State");
  const RecordFilter filter{.text = fmt::format("{}\n{}", prefix, state),
                            .keep = [&](const Record& schedule) {
                              return schedule.name.starts_with(prefix) &&
                                     (state.empty() || schedule.body.GetString("State") == state);
                            }};
  const auto page =
      context.store.ListPage(context.RegionScope(), kSchedule, group,
                             static_cast<std::size_t>(input.GetInt("MaxResults", kPage)),
                             input.GetString("NextToken"), filter);
  if (!page) return Invalid("Invalid NextToken.");
  json::Array schedules;
  for (const Record* schedule : page->records) schedules.emplace_back(ToSummary(schedule->body));
  json::Object answer{{"Schedules", std::move(schedules)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "CreateSchedule", .handle = CreateSchedule},
    {.name = "DeleteSchedule", .handle = DeleteSchedule},
    {.name = "GetSchedule", .handle = GetSchedule},
    {.name = "ListSchedules", .handle = ListSchedules},
    {.name = "UpdateSchedule", .handle = UpdateSchedule},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kScheduleOperations = kOperations;

}  // namespace trunkline::cloud::scheduler
