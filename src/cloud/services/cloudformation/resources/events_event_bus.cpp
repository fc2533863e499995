// AWS::Events::EventBus.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "DeadLetterConfig Description EventSourceName^ KmsKeyIdentifier LogConfig Name*^ Tags">();

constexpr auto kAttributes = Words<"Arn Name">();

constexpr Mapping kMapping{
    .type = "AWS::Events::EventBus",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "events",
    .create = "CreateEventBus",
    .describe = "DescribeEventBus",
    .update = "UpdateEventBus",
    .remove = "DeleteEventBus",
    .id = "Name",
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "Arn",
};

}  // namespace

constinit const ResourceType kEventsEventBusType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
