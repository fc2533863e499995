// CloudWatchLogs and AlexaSkill: a permission, and for a log group a subscription.
#include "cloud/services/cloudformation/serverless/events.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

Answer<Resources> Logs(Document& /*document*/, const Event& event, const Target& target) {
  json::Object variables;
  Copy(variables, "__LogGroupName__", event.properties, "LogGroupName");
  const PermissionOrder order{
      .service = "logs.amazonaws.com",
      .source_arn = Sub("arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:"
                        "${__LogGroupName__}:*",
                        std::move(variables)),
      .source_account = nullptr};
  Resource permission = MakePermission(event.id, target, order);
  Resource filter = MakeResource(event.id, "AWS::Logs::SubscriptionFilter", target);
  filter.members.Set("DependsOn", json::Array{permission.id});
  Copy(filter.properties, "LogGroupName", event.properties);
  Copy(filter.properties, "FilterPattern", event.properties);
  filter.properties.Set("DestinationArn", target.arn);
  return Resources{std::move(permission), std::move(filter)};
}

Answer<Resources> Skill(Document& /*document*/, const Event& event, const Target& target) {
  const PermissionOrder order{
      .service = "alexa-appkit.amazon.com", .source_arn = nullptr, .source_account = nullptr};
  Resource permission = MakePermission(event.id, target, order);
  Copy(permission.properties, "EventSourceToken", event.properties, "SkillId");
  return Resources{std::move(permission)};
}

constexpr Rule kLogRules[] = {{"LogGroupName", "Rs"}, {"FilterPattern", "Rs"}};
constexpr Rule kSkillRules[] = {{"SkillId", "s"}};

}  // namespace

constinit const EventKind kLogEvent{.type = "CloudWatchLogs", .rules = kLogRules, .handle = Logs};
constinit const EventKind kSkillEvent{.type = "AlexaSkill", .rules = kSkillRules, .handle = Skill};

}  // namespace trunkline::cloud::cloudformation::serverless
