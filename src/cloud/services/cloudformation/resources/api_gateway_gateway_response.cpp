// AWS::ApiGateway::GatewayResponse.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

void AddId(const WaitContext& /*context*/, const ResourceOrder& order, json::Object& known) {
  known.Set("Id", order.physical_id.empty() ? GeneratedName(order, {.property = "Id", .limit = 64})
                                            : order.physical_id);
}

constexpr auto kProperties =
    Properties<"ResponseParameters ResponseTemplates ResponseType*^ RestApiId*^ StatusCode">();

constexpr auto kAttributes = Words<"Id">();

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::GatewayResponse",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigateway",
    .create = "PutGatewayResponse",
    .describe = "GetGatewayResponse",
    .update = "PutGatewayResponse",
    .remove = "DeleteGatewayResponse",
    .id = "Id",
    .keys = "RestApiId ResponseType",
    .complete = AddId,
    .keys_of = KeysOfProperties,
};

}  // namespace

constinit const ResourceType kApiGatewayGatewayResponseType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
