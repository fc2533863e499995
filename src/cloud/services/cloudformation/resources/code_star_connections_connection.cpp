// AWS::CodeStarConnections::Connection.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"ConnectionName*^ HostArn^ ProviderType^ Tags~">();

constexpr auto kAttributes = Words<"ConnectionArn ConnectionStatus OwnerAccountId">();

constexpr Mapping kMapping{
    .type = "AWS::CodeStarConnections::Connection",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "codestar-connections",
    .create = "CreateConnection",
    .describe = "GetConnection",
    .described = "Connection",
    .remove = "DeleteConnection",
    .id = "ConnectionArn",
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "ConnectionArn",
};

}  // namespace

constinit const ResourceType kCodeStarConnectionsConnectionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
