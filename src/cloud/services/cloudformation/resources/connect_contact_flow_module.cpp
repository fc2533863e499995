// AWS::Connect::ContactFlowModule.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "Content* Description ExternalInvocationConfiguration~ InstanceArn* Name* Settings "
    "State Tags">();

constexpr auto kAttributes = Words<"ContactFlowModuleArn Status">();

constexpr Name kValues[] = {
    {"ContactFlowModuleArn", "Arn"},
};

constexpr Change kChanges[] = {
    {"UpdateContactFlowModuleContent", "Content Settings"},
    {"UpdateContactFlowModuleMetadata", "Name Description State"},
};

constexpr Fallback kFallbacks[] = {
    {"State", R"("ACTIVE")"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::ContactFlowModule",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateContactFlowModule",
    .describe = "DescribeContactFlowModule",
    .described = "ContactFlowModule",
    .remove = "DeleteContactFlowModule",
    .changes = kChanges,
    .id = "ContactFlowModuleArn",
    .keys = "InstanceId ContactFlowModuleId",
    .values = kValues,
    .fallbacks = kFallbacks,
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "ContactFlowModuleArn",
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectContactFlowModuleType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
