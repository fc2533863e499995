// AWS::Lambda::EventInvokeConfig.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "DestinationConfig FunctionName*^ MaximumEventAgeInSeconds MaximumRetryAttempts "
    "Qualifier*^">();

constexpr Mapping kMapping{
    .type = "AWS::Lambda::EventInvokeConfig",
    .properties = kProperties,
    .service = "lambda",
    .create = "PutFunctionEventInvokeConfig",
    .describe = "GetFunctionEventInvokeConfig",
    .update = "PutFunctionEventInvokeConfig",
    .remove = "DeleteFunctionEventInvokeConfig",
    .id = "FunctionName Qualifier",
};

}  // namespace

constinit const ResourceType kLambdaEventInvokeConfigType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
