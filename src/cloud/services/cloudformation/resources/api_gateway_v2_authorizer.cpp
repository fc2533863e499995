// AWS::ApiGatewayV2::Authorizer.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "ApiId*^ AuthorizerCredentialsArn AuthorizerPayloadFormatVersion "
    "AuthorizerResultTtlInSeconds AuthorizerType* AuthorizerUri EnableSimpleResponses "
    "IdentitySource IdentityValidationExpression JwtConfiguration Name*">();

constexpr auto kAttributes = Words<"AuthorizerId">();

constexpr Mapping kMapping{
    .type = "AWS::ApiGatewayV2::Authorizer",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigatewayv2",
    .create = "CreateAuthorizer",
    .describe = "GetAuthorizer",
    .update = "UpdateAuthorizer",
    .remove = "DeleteAuthorizer",
    .id = "AuthorizerId",
    .keys = "AuthorizerId ApiId",
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayV2AuthorizerType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
