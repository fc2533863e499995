// AWS::ApiGateway::UsagePlanKey.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"KeyId*^ KeyType*^ UsagePlanId*^">();

constexpr auto kAttributes = Words<"Id">();

constexpr Name kValues[] = {
    {"Id", "id"},
};

constexpr Name kNames[] = {
    {"KeyType", "keyType"},
    {"KeyType", "type"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::UsagePlanKey",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigateway",
    .create = "CreateUsagePlanKey",
    .describe = "GetUsagePlanKey",
    .remove = "DeleteUsagePlanKey",
    .id = "Id",
    .keys = "KeyId UsagePlanId",
    .values = kValues,
    .names = kNames,
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayUsagePlanKeyType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
