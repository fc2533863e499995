// AWS::Connect::Rule.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "Actions*~ Function* InstanceArn*^ Name* PublishStatus* Tags TriggerEventSource*^">();

constexpr auto kAttributes = Words<"RuleArn">();

constexpr Change kChanges[] = {
    {"UpdateRule", "Name Function Actions PublishStatus"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::Rule",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateRule",
    .describe = "DescribeRule",
    .described = "Rule",
    .remove = "DeleteRule",
    .changes = kChanges,
    .id = "RuleArn",
    .keys = "InstanceId RuleId",
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "RuleArn",
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectRuleType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
