// AWS::Scheduler::ScheduleGroup.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"Name^ Tags~">();

constexpr auto kAttributes = Words<"Arn CreationDate LastModificationDate State">();

constexpr Mapping kMapping{
    .type = "AWS::Scheduler::ScheduleGroup",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "scheduler",
    .create = "CreateScheduleGroup",
    .describe = "GetScheduleGroup",
    .remove = "DeleteScheduleGroup",
    .id = "Name",
    .naming = {.property = "Name", .limit = 64},
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "Arn",
};

}  // namespace

constinit const ResourceType kSchedulerScheduleGroupType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
