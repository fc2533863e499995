// AWS::Events::Rule.
#include "base/text.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// "rule/NAME" or "rule/BUS/NAME" at the end of the ARN; Ref is "NAME" or "BUS|NAME".
json::Object KeysOfRule(const Mapping& /*mapping*/, const ResourceOrder& order) {
  const auto parts = Split(order.physical_id, '/');
  json::Object keys;
  keys.Set("Name", parts.back());
  keys.Set("RuleName", parts.back());
  if (parts.size() > 2) {
    const std::size_t start = order.physical_id.find('/') + 1;
    keys.Set("EventBusName", order.physical_id.substr(start, order.physical_id.rfind('/') - start));
  }
  return keys;
}

void AddRuleId(const WaitContext& /*context*/, const ResourceOrder& order, json::Object& known) {
  if (order.physical_id.empty()) return;
  const json::Object keys = KeysOfRule({}, order);
  const std::string_view bus = keys.GetString("EventBusName");
  known.Set("RuleId", bus.empty() ? std::string(keys.GetString("Name"))
                                  : fmt::format("{}|{}", bus, keys.GetString("Name")));
}

constexpr auto kProperties = Properties<
    "Description EventBusName EventPattern Name^ RoleArn ScheduleExpression State Tags "
    "Targets">();

constexpr auto kAttributes = Words<"Arn">();

constexpr Name kNames[] = {
    {"RuleName", "Rule"},
};

constexpr Name kValues[] = {
    {"Arn", "RuleArn"},
};

constexpr Members kMembers[] = {
    {.property = "Targets",
     .add = "PutTargets",
     .remove = "RemoveTargets",
     .key = "Id",
     .member = "Targets",
     .removed = "Ids",
     .part = "Id",
     .clear_first = true},
};

constexpr Reading kReadings[] = {
    {"Targets", "ListTargetsByRule", "Targets"},
};

constexpr Mapping kMapping{
    .type = "AWS::Events::Rule",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "events",
    .create = "PutRule",
    .describe = "DescribeRule",
    .update = "PutRule",
    .remove = "DeleteRule",
    .members = kMembers,
    .readings = kReadings,
    .id = "Arn",
    .reference = "RuleId",
    .values = kValues,
    .names = kNames,
    .naming = {.property = "Name", .limit = 64},
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "Arn",
    .complete = AddRuleId,
    .keys_of = KeysOfRule,
};

}  // namespace

constinit const ResourceType kEventsRuleType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
