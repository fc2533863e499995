// AWS::Lambda::Version.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/resources/lambda_provisioned.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "CodeSha256^~ Description^~ FunctionName*^~ "
    "ProvisionedConcurrencyConfig^~">();

constexpr auto kAttributes = Words<"FunctionArn Version">();

constexpr Mapping kMapping{
    .type = "AWS::Lambda::Version",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "lambda",
    .create = "PublishVersion",
    .describe = "GetFunctionConfiguration",
    .remove = "DeleteFunction",
    .id = "FunctionArn",
    .keys = "FunctionName",
    .ready = {.member = "State", .pending = "Pending", .failed = "Failed", .reason = "StateReason"},
    .after = ApplyProvisioned,
    .after_properties = "ProvisionedConcurrencyConfig",
};

}  // namespace

constinit const ResourceType kLambdaVersionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
