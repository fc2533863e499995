// AWS::Lambda::EventSourceMapping.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "BatchSize BisectBatchOnFunctionError DestinationConfig Enabled~ EventSourceArn^ "
    "FilterCriteria FunctionName*~ FunctionResponseTypes MaximumBatchingWindowInSeconds "
    "MaximumRecordAgeInSeconds MaximumRetryAttempts ParallelizationFactor ScalingConfig "
    "StartingPosition^ StartingPositionTimestamp^ Tags~ TumblingWindowInSeconds">();

constexpr auto kAttributes = Words<"EventSourceMappingArn Id">();

constexpr Name kValues[] = {
    {"Id", "UUID"},
};

constexpr Mapping kMapping{
    .type = "AWS::Lambda::EventSourceMapping",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "lambda",
    .create = "CreateEventSourceMapping",
    .describe = "GetEventSourceMapping",
    .update = "UpdateEventSourceMapping",
    .remove = "DeleteEventSourceMapping",
    .id = "UUID",
    .values = kValues,
    .ready = {.member = "State",
              .pending = "Creating Enabling Disabling Updating",
              .failed = "",
              .reason = ""},
};

}  // namespace

constinit const ResourceType kLambdaEventSourceMappingType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
