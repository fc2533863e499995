// AWS::ApiGatewayV2::ApiMapping.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"ApiId* ApiMappingKey DomainName*^ Stage*">();

constexpr auto kAttributes = Words<"ApiMappingId">();

constexpr Mapping kMapping{
    .type = "AWS::ApiGatewayV2::ApiMapping",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigatewayv2",
    .create = "CreateApiMapping",
    .describe = "GetApiMapping",
    .update = "UpdateApiMapping",
    .remove = "DeleteApiMapping",
    .id = "ApiMappingId",
    .keys = "ApiMappingId DomainName",
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayV2ApiMappingType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
