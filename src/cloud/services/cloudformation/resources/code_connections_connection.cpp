// AWS::CodeConnections::Connection.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"ConnectionName*^ HostArn^ ProviderType^ Tags~">();

constexpr auto kAttributes = Words<"ConnectionStatus OwnerAccountId ConnectionArn">();

constexpr Mapping kMapping{
    .type = "AWS::CodeConnections::Connection",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "codeconnections",
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

constinit const ResourceType kCodeConnectionsConnectionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
