// AWS::ApiGatewayV2::Model.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"ApiId*^ ContentType Description Name* Schema*">();

constexpr auto kAttributes = Words<"ModelId">();

constexpr Mapping kMapping{
    .type = "AWS::ApiGatewayV2::Model",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigatewayv2",
    .create = "CreateModel",
    .describe = "GetModel",
    .update = "UpdateModel",
    .remove = "DeleteModel",
    .id = "ModelId",
    .keys = "ModelId ApiId",
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayV2ModelType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
