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

// The stage that was made with the deployment, and is still on it, goes before it.
net::aw<Answer<void>> RemoveStage(WaitContext context, ResourceOrder order) {
  json::Object stage;
  stage.Set("restApiId", order.properties.GetString("RestApiId"));
  stage.Set("stageName", order.properties.GetString("StageName"));
  if (stage.GetString("stageName").empty()) co_return Answer<void>();
  const Answer<> found = context.Dispatch("apigateway", "GetStage", stage);
  const bool own = found && found->GetString("deploymentId") == order.physical_id;
  if (!own) co_return Answer<void>();
  Answer<> gone = co_await context.Call("apigateway", "DeleteStage", std::move(stage));
  if (!gone) co_return std::move(gone).error();
  co_return Answer<void>();
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
    .clear = RemoveStage,
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayDeploymentType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
