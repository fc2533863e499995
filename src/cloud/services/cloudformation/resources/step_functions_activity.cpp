// AWS::StepFunctions::Activity.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"EncryptionConfiguration^ Name*^ Tags">();

constexpr auto kAttributes = Words<"Arn Name">();

constexpr Name kValues[] = {
    {"Arn", "activityArn"},
};

constexpr Mapping kMapping{
    .type = "AWS::StepFunctions::Activity",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "stepfunctions",
    .create = "CreateActivity",
    .describe = "DescribeActivity",
    .remove = "DeleteActivity",
    .id = "ActivityArn",
    .values = kValues,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "activityArn",
};

}  // namespace

constinit const ResourceType kStepFunctionsActivityType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
