// AWS::StepFunctions::StateMachineAlias.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// A deployment preference ends with its version taking everything; here it does at once.
Answer<void> RouteToPreferred(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                              json::Object& properties) {
  const json::Object preference = properties.GetObject("DeploymentPreference");
  if (preference.empty()) return {};
  json::Object route;
  route.Set("StateMachineVersionArn", preference.GetString("StateMachineVersionArn"));
  route.Set("Weight", 100);
  properties.Set("RoutingConfiguration", json::Array{route});
  return {};
}

constexpr auto kProperties =
    Properties<"DeploymentPreference~ Description Name^ RoutingConfiguration~ StateMachineArn~">();

constexpr auto kAttributes = Words<"Arn">();

constexpr Name kNames[] = {
    {"StateMachineVersionArn", "stateMachineVersionArn"},
};

constexpr Name kValues[] = {
    {"Arn", "stateMachineAliasArn"},
};

constexpr Mapping kMapping{
    .type = "AWS::StepFunctions::StateMachineAlias",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "stepfunctions",
    .create = "CreateStateMachineAlias",
    .describe = "DescribeStateMachineAlias",
    .update = "UpdateStateMachineAlias",
    .remove = "DeleteStateMachineAlias",
    .id = "StateMachineAliasArn",
    .values = kValues,
    .names = kNames,
    .naming = {.property = "Name", .limit = 80},
    .prepare = RouteToPreferred,
    .after_properties = "DeploymentPreference StateMachineArn",
};

}  // namespace

constinit const ResourceType kStepFunctionsStateMachineAliasType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
