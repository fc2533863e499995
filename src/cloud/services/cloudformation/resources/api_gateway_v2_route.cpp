// AWS::ApiGatewayV2::Route.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "ApiId*^ ApiKeyRequired AuthorizationScopes AuthorizationType AuthorizerId~ "
    "ModelSelectionExpression OperationName RequestModels RequestParameters~ RouteKey* "
    "RouteResponseSelectionExpression Target">();

constexpr auto kAttributes = Words<"RouteId">();

constexpr Mapping kMapping{
    .type = "AWS::ApiGatewayV2::Route",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigatewayv2",
    .create = "CreateRoute",
    .describe = "GetRoute",
    .update = "UpdateRoute",
    .remove = "DeleteRoute",
    .id = "RouteId",
    .keys = "RouteId ApiId",
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayV2RouteType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
