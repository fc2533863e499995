// AWS::Lambda::Url.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties =
    Properties<"AuthType* Cors InvokeMode Qualifier^ TargetFunctionArn*^">();

constexpr auto kAttributes = Words<"FunctionArn FunctionUrl">();

constexpr Name kNames[] = {
    {"TargetFunctionArn", "FunctionName"},
};

constexpr Mapping kMapping{
    .type = "AWS::Lambda::Url",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "lambda",
    .create = "CreateFunctionUrlConfig",
    .describe = "GetFunctionUrlConfig",
    .update = "UpdateFunctionUrlConfig",
    .remove = "DeleteFunctionUrlConfig",
    .id = "FunctionArn",
    .keys = "FunctionName",
    .names = kNames,
};

}  // namespace

constinit const ResourceType kLambdaUrlType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
