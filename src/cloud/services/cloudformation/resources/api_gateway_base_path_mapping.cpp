// AWS::ApiGateway::BasePathMapping.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The root path's own name.
Answer<void> NameRoot(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                      json::Object& properties) {
  if (properties.GetString("BasePath").empty()) properties.Set("BasePath", "(none)");
  return {};
}

void AddId(const WaitContext& /*context*/, const ResourceOrder& order, json::Object& known) {
  known.Set("BasePathId", fmt::format("{}|{}", order.properties.GetString("DomainName"),
                                      order.properties.GetString("BasePath")));
}

constexpr auto kProperties = Properties<"BasePath^ DomainName*^ Id^~ RestApiId Stage">();

constexpr Change kChanges[] = {
    {"UpdateBasePathMapping", "RestApiId Stage"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::BasePathMapping",
    .properties = kProperties,
    .service = "apigateway",
    .create = "CreateBasePathMapping",
    .describe = "GetBasePathMapping",
    .remove = "DeleteBasePathMapping",
    .changes = kChanges,
    .id = "BasePathId",
    .keys = "DomainName BasePath",
    .prepare = NameRoot,
    .complete = AddId,
    .keys_of = KeysOfProperties,
};

}  // namespace

constinit const ResourceType kApiGatewayBasePathMappingType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
