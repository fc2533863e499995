// Schedules and patterns of EventBridge, for functions and state machines.
#include "cloud/services/cloudformation/serverless/event_rules.h"

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/roles.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr std::string_view kService = "events.amazonaws.com";
constexpr std::size_t kMaxTargetId = 64;

Resource QueuePolicy(const Event& event, const Target& target, const json::Value& queue_arn,
                     const std::string& queue) {
  json::Object source;
  source.Set("aws:SourceArn", GetAtt(event.id, "Arn"));
  json::Object condition;
  condition.Set("ArnEquals", std::move(source));
  json::Object statement;
  statement.Set("Action", "sqs:SendMessage");
  statement.Set("Effect", "Allow");
  statement.Set("Principal", json::Object{{"Service", kService}});
  statement.Set("Resource", queue_arn);
  statement.Set("Condition", std::move(condition));
  json::Array statements;
  statements.emplace_back(std::move(statement));
  Resource policy = MakeResource(event.id + "QueuePolicy", "AWS::SQS::QueuePolicy", target);
  policy.properties.Set("PolicyDocument", json::Object{{"Version", "2012-10-17"},
                                                       {"Statement", std::move(statements)}});
  policy.properties.Set("Queues", json::Array{Ref(queue)});
  return policy;
}

Answer<void> CheckDeadLetters(const Event& event, const json::Object& config) {
  if (config.Has("Arn") && config.Has("Type")) {
    return InvalidEvent(event.id,
                        "You can either define 'Arn' or 'Type' property of DeadLetterConfig.");
  }
  if (config.Has("Type") && config.GetString("Type") != "SQS") {
    return InvalidEvent(event.id,
                        "The only valid value for 'Type' property of DeadLetterConfig is 'SQS'.");
  }
  if (!config.Has("Arn") && !config.Has("Type"))
    return InvalidEvent(event.id, "No 'Arn' or 'Type' property provided for DeadLetterConfig.");
  const json::Value* queue = Present(config, "QueueLogicalId");
  if (queue && !queue->IsString()) return InvalidEvent(event.id, "QueueLogicalId must be a string");
  return {};
}

// The rule as both kinds of target have it, but for the targets.
Answer<Resource> MakeRule(const Event& event, const Target& target) {
  Resource rule = MakeResource(event.id, "AWS::Events::Rule", target);
  const json::Object& properties = event.properties;
  const bool scheduled = event.type == "Schedule";
  Copy(rule.properties, "ScheduleExpression", properties, "Schedule");
  Copy(rule.properties, "EventBusName", properties);
  Copy(rule.properties, "EventPattern", properties, "Pattern");
  Copy(rule.properties, "Name", properties, scheduled ? "Name" : "RuleName");
  Copy(rule.properties, "Description", properties);
  TL_DO(SetState(event, rule.properties));
  return rule;
}

std::string TargetIdOf(const Event& event, std::string_view suffix) {
  const json::Object& own = event.properties.GetObject("Target");
  return own.Has("Id") ? std::string(own.GetString("Id")) : TargetId(event, suffix);
}

Answer<Resources> FunctionRule(Document& /*document*/, const Event& event, const Target& target) {
  TL_TRY(Resource rule, MakeRule(event, target));
  TL_TRY(DeadLetters dead, DeadLettersOf(event, target, true));
  json::Object of_rule = TargetOf(event, target, dead.arn);
  of_rule.Set("Id", TargetIdOf(event, "LambdaTarget"));
  rule.properties.Set("Targets", json::Array{std::move(of_rule)});
  const PermissionOrder order{
      .service = kService, .source_arn = GetAtt(event.id, "Arn"), .source_account = nullptr};
  Resources all = std::move(dead.made);
  all.push_back(std::move(rule));
  all.push_back(MakePermission(event.id, target, order));
  return all;
}

Resource StartRole(const Event& event, const Target& target) {
  Resource role = MakeResource(event.id + "Role", "AWS::IAM::Role", target);
  role.properties.Set("AssumeRolePolicyDocument", TrustOf(kService));
  role.properties.Set("Policies", json::Array{InlinePolicy(role.id + "StartExecutionPolicy",
                                                           "states:StartExecution", target.arn)});
  if (!target.permissions_boundary.IsNull())
    role.properties.Set("PermissionsBoundary", target.permissions_boundary);
  return role;
}

Answer<Resources> MachineRule(Document& /*document*/, const Event& event, const Target& target) {
  TL_TRY(Resource rule, MakeRule(event, target));
  TL_TRY(DeadLetters dead, DeadLettersOf(event, target, true));
  json::Object of_rule = TargetOf(event, target, dead.arn);
  of_rule.Set("Id", TargetIdOf(event, "StepFunctionsTarget"));
  Resources all = std::move(dead.made);
  if (const json::Value* given = Present(event.properties, "RoleArn")) {
    of_rule.Set("RoleArn", *given);
  } else {
    Resource role = StartRole(event, target);
    of_rule.Set("RoleArn", GetAtt(role.id, "Arn"));
    all.push_back(std::move(role));
  }
  rule.properties.Set("Targets", json::Array{std::move(of_rule)});
  all.push_back(std::move(rule));
  return all;
}

constexpr Rule kScheduleRules[] = {
    {"Schedule", "Rs"},  {"RuleName", "s"}, {"Input", "s"},       {"Enabled", "b"},
    {"State", "s"},      {"Name", "s"},     {"Description", "s"}, {"DeadLetterConfig", "m"},
    {"RetryPolicy", "m"}};
constexpr Rule kPatternRules[] = {
    {"EventBusName", "s"}, {"RuleName", "s"}, {"Pattern", "m"},         {"DeadLetterConfig", "m"},
    {"RetryPolicy", "m"},  {"Input", "s"},    {"InputPath", "s"},       {"Target", "m"},
    {"Enabled", "b"},      {"State", "s"},    {"InputTransformer", "m"}};
constexpr Rule kMachineScheduleRules[] = {
    {"Schedule", "Rs"}, {"Input", "s"},       {"Enabled", "b"},          {"State", "s"},
    {"Name", "s"},      {"Description", "s"}, {"DeadLetterConfig", "m"}, {"RetryPolicy", "m"},
    {"Target", "Fm"},   {"RoleArn", "s"}};
constexpr Rule kMachinePatternRules[] = {
    {"EventBusName", "s"}, {"RuleName", "s"},         {"Pattern", "m"},     {"Input", "s"},
    {"InputPath", "s"},    {"DeadLetterConfig", "m"}, {"RetryPolicy", "m"}, {"State", "s"},
    {"Target", "Fm"},      {"InputTransformer", "m"}};

}  // namespace

Answer<DeadLetters> DeadLettersOf(const Event& event, const Target& target, bool with_policy) {
  DeadLetters dead;
  if (!Present(event.properties, "DeadLetterConfig")) return dead;
  const json::Object& config = event.properties.GetObject("DeadLetterConfig");
  TL_DO(CheckDeadLetters(event, config));
  if (const json::Value* arn = Present(config, "Arn")) {
    dead.arn = *arn;
    return dead;
  }
  const std::string queue(config.GetString("QueueLogicalId", event.id + "Queue"));
  dead.arn = GetAtt(queue, "Arn");
  dead.made.push_back(MakeResource(queue, "AWS::SQS::Queue", target));
  if (with_policy) dead.made.push_back(QueuePolicy(event, target, dead.arn, queue));
  return dead;
}

Answer<void> SetState(const Event& event, json::Object& rule) {
  const json::Value* state = Given(event.properties, "State");
  const json::Value* enabled = Present(event.properties, "Enabled");
  if (state && enabled) {
    return InvalidEvent(event.name, "State and Enabled Properties cannot both be specified.");
  }
  if (state) rule.Set("State", *state);
  if (enabled) rule.Set("State", IsGiven(*enabled) ? "ENABLED" : "DISABLED");
  return {};
}

json::Object TargetOf(const Event& event, const Target& target, const json::Value& dead_letters) {
  json::Object made;
  made.Set("Arn", target.arn);
  for (const std::string_view name : {"Input", "InputPath", "InputTransformer", "RetryPolicy"})
    Copy(made, name, event.properties);
  if (!dead_letters.IsNull()) {
    json::Object config;
    config.Set("Arn", dead_letters);
    made.Set("DeadLetterConfig", std::move(config));
  }
  return made;
}

std::string TargetId(const Event& event, std::string_view suffix) {
  return event.id.substr(0, kMaxTargetId - suffix.size()).append(suffix);
}

constinit const EventKind kScheduleEvent{
    .type = "Schedule", .rules = kScheduleRules, .handle = FunctionRule};
constinit const EventKind kRuleEvent{
    .type = "EventBridgeRule", .rules = kPatternRules, .handle = FunctionRule};
constinit const EventKind kMachineScheduleEvent{
    .type = "Schedule", .rules = kMachineScheduleRules, .handle = MachineRule};
constinit const EventKind kMachineRuleEvent{
    .type = "EventBridgeRule", .rules = kMachinePatternRules, .handle = MachineRule};

}  // namespace trunkline::cloud::cloudformation::serverless
