// AWS::StepFunctions::StateMachineVersion.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"Description^ StateMachineArn*^ StateMachineRevisionId^">();

constexpr auto kAttributes = Words<"Arn">();

constexpr Name kNames[] = {
    {"StateMachineRevisionId", "revisionId"},
};

constexpr Name kValues[] = {
    {"Arn", "stateMachineVersionArn"},
};

constexpr Mapping kMapping{
    .type = "AWS::StepFunctions::StateMachineVersion",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "stepfunctions",
    .create = "PublishStateMachineVersion",
    .remove = "DeleteStateMachineVersion",
    .id = "StateMachineVersionArn",
    .values = kValues,
    .names = kNames,
};

}  // namespace

constinit const ResourceType kStepFunctionsStateMachineVersionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
