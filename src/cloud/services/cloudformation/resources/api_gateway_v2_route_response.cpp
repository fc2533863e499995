// AWS::ApiGatewayV2::RouteResponse.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "ApiId*^ ModelSelectionExpression ResponseModels ResponseParameters RouteId*^ "
    "RouteResponseKey*">();

constexpr auto kAttributes = Words<"RouteResponseId">();

constexpr Mapping kMapping{
    .type = "AWS::ApiGatewayV2::RouteResponse",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigatewayv2",
    .create = "CreateRouteResponse",
    .describe = "GetRouteResponse",
    .update = "UpdateRouteResponse",
    .remove = "DeleteRouteResponse",
    .id = "RouteResponseId",
    .keys = "RouteResponseId ApiId RouteId",
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayV2RouteResponseType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
