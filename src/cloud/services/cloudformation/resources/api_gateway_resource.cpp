// AWS::ApiGateway::Resource.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"ParentId*^ PathPart*^ RestApiId*^">();

constexpr auto kAttributes = Words<"ResourceId">();

constexpr Name kValues[] = {
    {"ResourceId", "id"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::Resource",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigateway",
    .create = "CreateResource",
    .describe = "GetResource",
    .remove = "DeleteResource",
    .id = "ResourceId",
    .keys = "ResourceId RestApiId",
    .values = kValues,
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayResourceType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
