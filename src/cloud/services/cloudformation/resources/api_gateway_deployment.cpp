// AWS::ApiGateway::Deployment.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The settings of a stage that is made with the deployment.
Answer<void> SpreadStage(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                         json::Object& properties) {
  const json::Object stage = properties.GetObject("StageDescription");
  for (const std::string_view name :
       {"CacheClusterEnabled", "CacheClusterSize", "Variables", "TracingEnabled"}) {
    if (const json::Value* value = stage.Find(name)) properties.Set(name, *value);
  }
  if (const json::Value* text = stage.Find("Description")) properties.Set("StageText", *text);
  return {};
}

constexpr auto kProperties =
    Properties<"Description RestApiId*^ StageName~ StageDescription~ DeploymentCanarySettings^~">();

constexpr auto kAttributes = Words<"DeploymentId">();

constexpr Name kNames[] = {
    {"StageText", "stageDescription"},
    {"DeploymentCanarySettings", "canarySettings"},
};

constexpr Name kValues[] = {
    {"DeploymentId", "id"},
};

constexpr Change kChanges[] = {
    {"UpdateDeployment", "Description"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::Deployment",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigateway",
    .create = "CreateDeployment",
    .describe = "GetDeployment",
    .remove = "DeleteDeployment",
    .changes = kChanges,
    .id = "DeploymentId",
    .keys = "DeploymentId RestApiId",
    .values = kValues,
    .names = kNames,
    .prepare = SpreadStage,
    .after_properties = "StageName StageDescription",
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayDeploymentType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
