// AWS::Connect::ViewVersion: its ARN is its owner's with the number behind a colon.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"VersionDescription~ ViewArn*^~ ViewContentSha256^~">();

constexpr auto kAttributes = Words<"Version ViewVersionArn">();

constexpr Name kNames[] = {
    {"ViewArn", "ViewId"},
};

constexpr Name kValues[] = {
    {"ViewVersionArn", "View.Arn"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::ViewVersion",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateViewVersion",
    .describe = "DescribeView",
    .described = "View",
    .remove = "DeleteViewVersion",
    .id = "ViewVersionArn",
    .keys = "InstanceId ViewId ViewVersion",
    .values = kValues,
    .names = kNames,
    .ids_of_arns = true,
    .prepare = AddInstanceOfOwner,
    .complete = AddVersionOfId,
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectViewVersionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
