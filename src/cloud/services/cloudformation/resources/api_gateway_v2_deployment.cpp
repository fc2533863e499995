// AWS::ApiGatewayV2::Deployment.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"ApiId*^ Description StageName~">();

constexpr auto kAttributes = Words<"DeploymentId">();

constexpr Mapping kMapping{
    .type = "AWS::ApiGatewayV2::Deployment",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigatewayv2",
    .create = "CreateDeployment",
    .describe = "GetDeployment",
    .update = "UpdateDeployment",
    .remove = "DeleteDeployment",
    .id = "DeploymentId",
    .keys = "DeploymentId ApiId",
    .after_properties = "StageName",
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayV2DeploymentType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
