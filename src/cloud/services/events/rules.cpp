// Rules, and the schedules of those that have one.
#include <fmt/format.h>

#include "base/json_read.h"
#include "cloud/event_pattern.h"
#include "cloud/job_kinds.h"
#include "cloud/schedule.h"
#include "cloud/services/events/families.h"
#include "cloud/services/events/publish.h"
#include "cloud/services/events/records.h"

namespace trunkline::cloud {
namespace events {
namespace {

bool IsEnabled(const Rule& rule) {
  return rule.record.body.GetString("State") != "DISABLED";
}

void ArmAt(Context& context, Rule& rule, TimePoint due) {
  json::Object payload{{"Rule", rule.record.id}, {"Due", json::Number{EpochSeconds(due)}}};
  rule.record.body.Set(
      "Job", context.jobs.ScheduleAt(context, kRunScheduledRuleJob, std::move(payload), due));
}

// (Re)starts the rule's schedule from now on, or stops it.
void Arm(Context& context, Rule& rule) {
  context.jobs.Cancel(context, rule.record.body.GetString("Job"));
  rule.record.body.Remove("Job");
  const auto schedule = Schedule::Read(rule.record.body.GetString("ScheduleExpression"));
  if (!schedule || !IsEnabled(rule)) return;
  if (const auto due = schedule->After(context.Now())) ArmAt(context, rule, *due);
}

void SaveRule(Context& context, Rule rule) {
  context.store.Put(rule.scope, kRule, std::move(rule.record));
}

Answer<void> CheckRule(const Bus& bus, const json::Object& input) {
  const std::string_view pattern = input.GetString("EventPattern");
  const std::string_view schedule = input.GetString("ScheduleExpression");
  if (pattern.empty() && schedule.empty()) {
    return ServiceError("ValidationException",
                        "Parameter(s) EventPattern or ScheduleExpression must be specified.");
  }
  std::string problem;
  if (!pattern.empty() && !ReadPattern(pattern, problem)) {
    return ServiceError("InvalidEventPatternException",
                        fmt::format("Event pattern is not valid. Reason: {}", problem));
  }
  if (schedule.empty()) return {};
  if (bus.Name() != kDefaultBus) {
    return ServiceError("ValidationException",
                        "ScheduleExpression is supported only on the default event bus.");
  }
  if (Schedule::Read(schedule)) return {};
  return ServiceError("ValidationException", "Parameter ScheduleExpression is not valid.");
}

// What an overwriting call leaves out is gone, but tags stay.
Answer<> PutRule(Context& context, const json::Object& input) {
  TL_TRY(const Bus bus, FindBus(context, input.GetString("EventBusName")));
  TL_DO(CheckRule(bus, input));
  const std::string name(input.GetString("Name"));
  const std::string id = fmt::format("{}/{}", bus.Name(), name);
  const Record* before = context.store.Find(bus.scope, kRule, id);
  Rule rule{.scope = bus.scope,
            .record = {.id = id, .parent = bus.Name(), .name = name, .body = {{"Name", name}}}};
  json::Object& body = rule.record.body;
  body.Set("Arn", rule.Arn());
  body.Set("EventBusName", bus.Name());
  body.Set("State", input.GetString("State", "ENABLED"));
  body.Set("CreatedBy", context.caller.account);
  for (const std::string_view member :
       {"EventPattern", "ScheduleExpression", "Description", "RoleArn"})
    body.SetIfNotEmpty(member, input.GetString(member));
  body.Set("Tags", before ? before->body.GetArray("Tags") : input.GetArray("Tags"));
  if (before) body.Set("Job", before->body.GetString("Job"));
  Arm(context, rule);
  json::Object answer{{"RuleArn", rule.Arn()}};
  SaveRule(context, std::move(rule));
  return answer;
}

Answer<> DescribeRule(Context& context, const json::Object& input) {
  TL_TRY(const Rule rule, FindRule(context, input, "Name"));
  return rule.record.body;
}

Answer<> SetState(Context& context, const json::Object& input, std::string_view state) {
  TL_TRY(Rule rule, FindRule(context, input, "Name"));
  rule.record.body.Set("State", state);
  Arm(context, rule);
  SaveRule(context, std::move(rule));
  return json::Object();
}

Answer<> EnableRule(Context& context, const json::Object& input) {
  return SetState(context, input, "ENABLED");
}

Answer<> DisableRule(Context& context, const json::Object& input) {
  return SetState(context, input, "DISABLED");
}

Answer<> DeleteRule(Context& context, const json::Object& input) {
  const auto rule = FindRule(context, input, "Name");
  // Deleting a rule that is not there is fine.
  if (!rule && rule.error().message.starts_with("Rule ")) return json::Object();
  if (!rule) return rule.error();
  if (!context.store.List(rule->scope, kTarget, rule->record.id).empty())
    return ServiceError("ValidationException", "Rule can't be deleted since it has targets.");
  context.jobs.Cancel(context, rule->record.body.GetString("Job"));
  context.store.Delete(rule->scope, kRule, rule->record.id);
  return json::Object();
}

Answer<> ListRules(Context& context, const json::Object& input) {
  TL_TRY(const Bus bus, FindBus(context, input.GetString("EventBusName")));
  return ListNamed(context, input,
                   {.kind = kRule, .parent = bus.Name(), .list = "Rules", .keep = {}});
}

Answer<> TestEventPattern(Context& context, const json::Object& input) {
  static_cast<void>(context);
  std::string problem;
  const auto pattern = ReadPattern(input.GetString("EventPattern"), problem);
  if (!pattern) {
    return ServiceError("InvalidEventPatternException",
                        fmt::format("Event pattern is not valid. Reason: {}", problem));
  }
  const auto event = json::Parse(input.GetString("Event"));
  if (!event || !event->IsObject())
    return ServiceError("ValidationException", "Parameter Event is not valid.");
  for (const std::string_view member :
       {"id", "detail-type", "source", "account", "time", "region"}) {
    if (!event->AsObject().Has(member)) {
      return ServiceError("ValidationException",
                          "Parameter Event is not valid. Reason: the member '" +
                              std::string(member) + "' is missing.");
    }
  }
  return json::Object{{"Result", MatchesPattern(*pattern, event->AsObject())}};
}

// A schedule's time has come. What was missed while the cloud was down is made up for once.
Answer<void> RunScheduledRule(Context& context, const json::Object& payload) {
  const Record* record =
      context.store.Find(context.RegionScope(), kRule, payload.GetString("Rule"));
  if (!record) return {};
  Rule rule{.scope = context.RegionScope(), .record = *record};
  const auto schedule = Schedule::Read(rule.record.body.GetString("ScheduleExpression"));
  if (!schedule || !IsEnabled(rule)) return {};
  const TimePoint due = FromEpochSeconds(payload.GetDouble("Due"));
  json::Object event = NewEvent(context);
  event.Set("source", "aws.events");
  event.Set("detail-type", "Scheduled Event");
  event.Set("time", ToIso8601(std::chrono::floor<std::chrono::seconds>(due)));
  event.Set("resources", json::Array{rule.Arn()});
  event.Set("detail", json::Object());
  SendToTargets(context, rule, event);
  auto next = schedule->After(due);
  if (next && *next <= context.Now()) next = schedule->After(context.Now());
  if (next) ArmAt(context, rule, *next);
  SaveRule(context, std::move(rule));
  return {};
}

constexpr Operation kOperations[] = {
    {.name = "DeleteRule", .handle = DeleteRule},
    {.name = "DescribeRule", .handle = DescribeRule},
    {.name = "DisableRule", .handle = DisableRule},
    {.name = "EnableRule", .handle = EnableRule},
    {.name = "ListRules", .handle = ListRules},
    {.name = "PutRule", .handle = PutRule},
    {.name = "TestEventPattern", .handle = TestEventPattern},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kRuleOperations = kOperations;

}  // namespace events

constinit const JobKind kRunScheduledRuleJob{.name = "events.run-schedule",
                                             .run = events::RunScheduledRule};

}  // namespace trunkline::cloud
