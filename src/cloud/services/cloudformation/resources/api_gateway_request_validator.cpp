// AWS::ApiGateway::RequestValidator.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties =
    Properties<"Name^ RestApiId*^ ValidateRequestBody ValidateRequestParameters">();

constexpr auto kAttributes = Words<"RequestValidatorId">();

constexpr Name kValues[] = {
    {"RequestValidatorId", "id"},
};

constexpr Change kChanges[] = {
    {"UpdateRequestValidator", "ValidateRequestBody ValidateRequestParameters"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::RequestValidator",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigateway",
    .create = "CreateRequestValidator",
    .describe = "GetRequestValidator",
    .remove = "DeleteRequestValidator",
    .changes = kChanges,
    .id = "RequestValidatorId",
    .keys = "RequestValidatorId RestApiId",
    .values = kValues,
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayRequestValidatorType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
