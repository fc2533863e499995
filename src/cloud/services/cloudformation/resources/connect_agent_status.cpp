// AWS::Connect::AgentStatus: Connect has no operation that deletes one: it is disabled.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties =
    Properties<"Description DisplayOrder InstanceArn* Name* ResetOrderNumber~ State* Tags Type~">();

constexpr auto kAttributes = Words<"AgentStatusArn LastModifiedRegion LastModifiedTime">();

constexpr Change kChanges[] = {
    {"UpdateAgentStatus", "Name Description State DisplayOrder ResetOrderNumber"},
};

constexpr Fixed kFixed[] = {
    {"UpdateAgentStatus", R"({"State": "DISABLED"})"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::AgentStatus",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateAgentStatus",
    .describe = "DescribeAgentStatus",
    .described = "AgentStatus",
    .remove = "UpdateAgentStatus",
    .changes = kChanges,
    .id = "AgentStatusArn",
    .keys = "InstanceId AgentStatusId",
    .fixed = kFixed,
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "AgentStatusArn",
    .after_properties = "Type",
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectAgentStatusType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
