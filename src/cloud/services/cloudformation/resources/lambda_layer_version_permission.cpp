// AWS::Lambda::LayerVersionPermission: its id is the name of the statement in the layer's policy.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// "arn:aws:lambda:...:layer:NAME:VERSION", which the service's operations take in two parts.
void SetLayer(const json::Object& properties, json::Object& keys) {
  const std::string arn(properties.GetString("LayerVersionArn"));
  const std::size_t colon = arn.rfind(':');
  if (colon == std::string::npos) return;
  keys.Set("LayerName", arn.substr(0, colon));
  keys.Set("VersionNumber", arn.substr(colon + 1));
}

json::Object KeysOfStatement(const Mapping& /*mapping*/, const ResourceOrder& order) {
  json::Object keys;
  keys.Set("StatementId", order.physical_id);
  SetLayer(order.properties, keys);
  return keys;
}

Answer<void> PrepareLayer(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                          json::Object& properties) {
  const json::Object given = properties;
  SetLayer(given, properties);
  return {};
}

// "<layer version's ARN>#<statement>"
void AddId(const WaitContext& /*context*/, const ResourceOrder& order, json::Object& known) {
  known.Set("Id", std::string(order.properties.GetString("LayerVersionArn")) + "#" +
                      std::string(known.GetString("StatementId")));
}

constexpr auto kProperties = Properties<"Action*^ LayerVersionArn*^ OrganizationId^ Principal*^">();

constexpr auto kAttributes = Words<"Id">();

constexpr Mapping kMapping{
    .type = "AWS::Lambda::LayerVersionPermission",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "lambda",
    .create = "AddLayerVersionPermission",
    .remove = "RemoveLayerVersionPermission",
    .id = "StatementId",
    .reference = "Id",
    .naming = {.property = "StatementId", .limit = 100},
    .prepare = PrepareLayer,
    .complete = AddId,
    .keys_of = KeysOfStatement,
};

}  // namespace

constinit const ResourceType kLambdaLayerVersionPermissionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
