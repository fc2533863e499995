// AWS::Connect::ContactFlowVersion: its ARN is its owner's with the number behind a colon.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"ContactFlowId*^~ Description^~">();

constexpr auto kAttributes = Words<"FlowContentSha256 Version ContactFlowVersionARN">();

constexpr Name kValues[] = {
    {"ContactFlowVersionARN", "ContactFlowArn"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::ContactFlowVersion",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateContactFlowVersion",
    .describe = "DescribeContactFlow",
    .described = "ContactFlow",
    .remove = "DeleteContactFlowVersion",
    .id = "ContactFlowVersionARN",
    .keys = "InstanceId ContactFlowId ContactFlowVersion",
    .values = kValues,
    .ids_of_arns = true,
    .prepare = AddInstanceOfOwner,
    .complete = AddVersionOfId,
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectContactFlowVersionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
