// AWS::Connect::ContactFlowModuleVersion: its ARN is its owner's with the number behind a colon.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"ContactFlowModuleId*^~ Description^~">();

constexpr auto kAttributes = Words<"FlowModuleContentSha256 Version ContactFlowModuleVersionARN">();

constexpr Name kValues[] = {
    {"ContactFlowModuleVersionARN", "ContactFlowModuleArn"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::ContactFlowModuleVersion",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateContactFlowModuleVersion",
    .describe = "DescribeContactFlowModule",
    .described = "ContactFlowModule",
    .remove = "DeleteContactFlowModuleVersion",
    .id = "ContactFlowModuleVersionARN",
    .keys = "InstanceId ContactFlowModuleId ContactFlowModuleVersion",
    .values = kValues,
    .ids_of_arns = true,
    .prepare = AddInstanceOfOwner,
    .complete = AddVersionOfId,
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectContactFlowModuleVersionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
