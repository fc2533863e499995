// AWS::ApiGateway::Authorizer.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "AuthType AuthorizerCredentials AuthorizerResultTtlInSeconds AuthorizerUri "
    "IdentitySource IdentityValidationExpression Name* ProviderARNs RestApiId*^ Type*">();

constexpr auto kAttributes = Words<"AuthorizerId">();

constexpr Name kValues[] = {
    {"AuthorizerId", "id"},
};

constexpr Change kChanges[] = {
    {"UpdateAuthorizer",
     "AuthType AuthorizerCredentials AuthorizerResultTtlInSeconds AuthorizerUri IdentitySource "
     "IdentityValidationExpression Name ProviderARNs Type"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::Authorizer",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigateway",
    .create = "CreateAuthorizer",
    .describe = "GetAuthorizer",
    .remove = "DeleteAuthorizer",
    .changes = kChanges,
    .id = "AuthorizerId",
    .keys = "AuthorizerId RestApiId",
    .values = kValues,
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayAuthorizerType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
