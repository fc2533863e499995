// ScheduleV2: schedules of Amazon EventBridge Scheduler, with a role of their own.
#include "cloud/services/cloudformation/serverless/event_rules.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/roles.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

// The role that starts the target, and sends to the queue where there is one.
Resource ScheduleRole(const Event& event, const Target& target, const json::Value& dead_letters) {
  Resource role = MakeResource(event.id + "Role", "AWS::IAM::Role", target);
  role.properties.Set("AssumeRolePolicyDocument", TrustOf("scheduler.amazonaws.com"));
  json::Array policies;
  if (target.name.IsNull()) {
    policies.push_back(
        InlinePolicy(event.id + "StartExecutionPolicy", "states:StartExecution", target.arn));
  } else {
    policies.push_back(DestinationPolicy("Lambda", event.id, target.arn));
  }
  if (!dead_letters.IsNull()) policies.push_back(DestinationPolicy("SQS", event.id, dead_letters));
  role.properties.Set("Policies", std::move(policies));
  Copy(role.properties, "PermissionsBoundary", event.properties);
  return role;
}

Answer<void> SetName(const Event& event, json::Object& schedule) {
  const json::Value* name = Given(event.properties, "Name");
  if (!Given(event.properties, "OmitName")) {
    schedule.Set("Name", name ? *name : json::Value(event.id));
    return {};
  }
  if (name) return InvalidEvent(event.id, "Name cannot be set when OmitName is True");
  return {};
}

Answer<Resources> Schedule(Document& /*document*/, const Event& event, const Target& target) {
  Resource schedule = MakeResource(event.id, "AWS::Scheduler::Schedule", target);
  const json::Object& properties = event.properties;
  TL_DO(SetName(event, schedule.properties));
  for (const std::string_view name :
       {"ScheduleExpression", "State", "Description", "StartDate", "EndDate",
        "ScheduleExpressionTimezone", "GroupName", "KmsKeyArn", "FlexibleTimeWindow"})
    Copy(schedule.properties, name, properties);
  if (!Given(properties, "FlexibleTimeWindow"))
    schedule.properties.Set("FlexibleTimeWindow", json::Object{{"Mode", "OFF"}});
  TL_TRY(DeadLetters dead, DeadLettersOf(event, target, false));
  json::Object of_schedule = TargetOf(event, target, dead.arn);
  Resources all = std::move(dead.made);
  if (const json::Value* given = Given(properties, "RoleArn")) {
    of_schedule.Set("RoleArn", *given);
  } else {
    Resource role = ScheduleRole(event, target, dead.arn);
    of_schedule.Set("RoleArn", GetAtt(role.id, "Arn"));
    all.push_back(std::move(role));
  }
  schedule.properties.Set("Target", std::move(of_schedule));
  all.push_back(std::move(schedule));
  return all;
}

constexpr Rule kRules[] = {{"PermissionsBoundary", "s"},
                           {"ScheduleExpression", "Rs"},
                           {"FlexibleTimeWindow", "m"},
                           {"Name", "s"},
                           {"State", "s"},
                           {"Description", "s"},
                           {"StartDate", "s"},
                           {"EndDate", "s"},
                           {"ScheduleExpressionTimezone", "s"},
                           {"GroupName", "s"},
                           {"KmsKeyArn", "s"},
                           {"Input", "s"},
                           {"RoleArn", "s"},
                           {"DeadLetterConfig", "m"},
                           {"RetryPolicy", "m"},
                           {"OmitName", "Fb"}};

}  // namespace

constinit const EventKind kScheduleV2Event{
    .type = "ScheduleV2", .rules = kRules, .handle = Schedule};

}  // namespace trunkline::cloud::cloudformation::serverless
