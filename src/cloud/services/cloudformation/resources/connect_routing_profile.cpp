// AWS::Connect::RoutingProfile.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "AgentAvailabilityTimer DefaultOutboundQueueArn* Description* InstanceArn* "
    "ManualAssignmentQueueConfigs~ MediaConcurrencies* Name* QueueConfigs~ Tags">();

constexpr auto kAttributes = Words<"RoutingProfileArn">();

constexpr Change kChanges[] = {
    {"UpdateRoutingProfileName", "Name Description"},
    {"UpdateRoutingProfileConcurrency", "MediaConcurrencies"},
    {"UpdateRoutingProfileDefaultOutboundQueue", "DefaultOutboundQueueArn"},
    {"UpdateRoutingProfileAgentAvailabilityTimer", "AgentAvailabilityTimer"},
};

constexpr Members kMembers[] = {
    {.property = "QueueConfigs",
     .add = "AssociateRoutingProfileQueues",
     .remove = "DisassociateRoutingProfileQueues",
     .change = "UpdateRoutingProfileQueues",
     .key = "QueueReference",
     .member = "QueueConfigs",
     .removed = "QueueReferences",
     .part = "QueueReference"},
    {.property = "ManualAssignmentQueueConfigs",
     .add = "AssociateRoutingProfileQueues",
     .remove = "DisassociateRoutingProfileQueues",
     .key = "QueueReference",
     .member = "ManualAssignmentQueueConfigs",
     .removed = "ManualAssignmentQueueReferences",
     .part = "QueueReference"},
};

constexpr Fallback kFallbacks[] = {
    {"AgentAvailabilityTimer", R"("TIME_SINCE_LAST_ACTIVITY")"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::RoutingProfile",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateRoutingProfile",
    .describe = "DescribeRoutingProfile",
    .described = "RoutingProfile",
    .remove = "DeleteRoutingProfile",
    .changes = kChanges,
    .members = kMembers,
    .id = "RoutingProfileArn",
    .keys = "InstanceId RoutingProfileId",
    .fallbacks = kFallbacks,
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "RoutingProfileArn",
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectRoutingProfileType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
