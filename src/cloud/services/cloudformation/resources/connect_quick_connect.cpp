// AWS::Connect::QuickConnect.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties =
    Properties<"Description InstanceArn* Name* QuickConnectConfig* Tags">();

constexpr auto kAttributes = Words<"QuickConnectArn QuickConnectType">();

constexpr Name kNames[] = {
    {"PhoneConfig", "PhoneConfig"},
};

constexpr Name kValues[] = {
    {"QuickConnectType", "QuickConnectConfig.QuickConnectType"},
};

constexpr Change kChanges[] = {
    {"UpdateQuickConnectName", "Name Description"},
    {"UpdateQuickConnectConfig", "QuickConnectConfig"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::QuickConnect",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateQuickConnect",
    .describe = "DescribeQuickConnect",
    .described = "QuickConnect",
    .remove = "DeleteQuickConnect",
    .changes = kChanges,
    .id = "QuickConnectArn",
    .keys = "InstanceId QuickConnectId",
    .values = kValues,
    .names = kNames,
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "QuickConnectArn",
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectQuickConnectType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
