// AWS::ApiGatewayV2::Stage.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"
#include "cloud/services/cloudformation/mapping/removed_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

void AddStageArn(const WaitContext& context, const ResourceOrder& order, json::Object& known) {
  known.Set("StageArn", fmt::format("arn:aws:apigateway:{}::/apis/{}/stages/{}", context.region(),
                                    order.properties.GetString("ApiId"), order.physical_id));
}

Answer<void> EmptyVariables(const WaitContext& /*context*/, const ResourceOrder& order,
                            json::Object& properties) {
  EmptyRemovedKeys(order, "StageVariables", properties);
  return {};
}

constexpr auto kProperties = Properties<
    "AccessLogSettings AccessPolicyId~ ApiId*^ AutoDeploy ClientCertificateId "
    "DefaultRouteSettings DeploymentId Description RouteSettings StageName*^ "
    "StageVariables Tags">();

constexpr auto kAttributes = Words<"Id">();

constexpr Name kValues[] = {
    {"Id", "StageName"},
};

constexpr Change kChanges[] = {
    {.operation = "UpdateStage",
     .properties = "AccessLogSettings",
     .removal = "DeleteAccessLogSettings"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGatewayV2::Stage",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigatewayv2",
    .create = "CreateStage",
    .describe = "GetStage",
    .update = "UpdateStage",
    .remove = "DeleteStage",
    .changes = kChanges,
    .id = "StageName",
    .keys = "StageName ApiId",
    .values = kValues,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "StageArn",
    .prepare = EmptyVariables,
    .complete = AddStageArn,
    .after_properties = "AccessPolicyId",
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayV2StageType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
