// AWS::ApiGatewayV2::IntegrationResponse.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "ApiId*^ ContentHandlingStrategy IntegrationId*^ IntegrationResponseKey* "
    "ResponseParameters ResponseTemplates TemplateSelectionExpression">();

constexpr auto kAttributes = Words<"IntegrationResponseId">();

constexpr Mapping kMapping{
    .type = "AWS::ApiGatewayV2::IntegrationResponse",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigatewayv2",
    .create = "CreateIntegrationResponse",
    .describe = "GetIntegrationResponse",
    .update = "UpdateIntegrationResponse",
    .remove = "DeleteIntegrationResponse",
    .id = "IntegrationResponseId",
    .keys = "IntegrationResponseId ApiId IntegrationId",
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayV2IntegrationResponseType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
