// AWS::Connect::ContactFlow.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties =
    Properties<"Content* Description InstanceArn* Name* State Tags Type*^">();

constexpr auto kAttributes = Words<"ContactFlowArn">();

constexpr Name kNames[] = {
    {"State", "ContactFlowState"},
};

constexpr Name kValues[] = {
    {"ContactFlowArn", "Arn"},
};

constexpr Change kChanges[] = {
    {"UpdateContactFlowContent", "Content"},
    {"UpdateContactFlowMetadata", "Name Description State"},
};

constexpr Fallback kFallbacks[] = {
    {"State", R"("ACTIVE")"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::ContactFlow",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateContactFlow",
    .describe = "DescribeContactFlow",
    .described = "ContactFlow",
    .remove = "DeleteContactFlow",
    .changes = kChanges,
    .id = "ContactFlowArn",
    .keys = "InstanceId ContactFlowId",
    .values = kValues,
    .names = kNames,
    .fallbacks = kFallbacks,
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "ContactFlowArn",
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectContactFlowType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
