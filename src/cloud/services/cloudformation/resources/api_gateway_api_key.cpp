// AWS::ApiGateway::ApiKey.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

void AddKeyArn(const WaitContext& context, const ResourceOrder& order, json::Object& known) {
  known.Set("KeyArn",
            fmt::format("arn:aws:apigateway:{}::/apikeys/{}", context.region(), order.physical_id));
}

constexpr auto kProperties = Properties<
    "CustomerId Description Enabled GenerateDistinctId^~ Name^ StageKeys^~ Tags Value^">();

constexpr auto kAttributes = Words<"APIKeyId">();

constexpr Name kValues[] = {
    {"APIKeyId", "id"},
    {"ApiKeyId", "id"},
};

constexpr Change kChanges[] = {
    {"UpdateApiKey", "CustomerId Description Enabled"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::ApiKey",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigateway",
    .create = "CreateApiKey",
    .describe = "GetApiKey",
    .remove = "DeleteApiKey",
    .changes = kChanges,
    .id = "ApiKeyId",
    .keys = "ApiKey",
    .values = kValues,
    .naming = {.property = "Name", .limit = 128},
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "KeyArn",
    .complete = AddKeyArn,
};

}  // namespace

constinit const ResourceType kApiGatewayApiKeyType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
