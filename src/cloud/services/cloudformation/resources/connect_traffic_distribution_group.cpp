// AWS::Connect::TrafficDistributionGroup.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"Description^ InstanceArn* Name*^ Tags">();

constexpr auto kAttributes = Words<"IsDefault Status TrafficDistributionGroupArn">();

constexpr Name kValues[] = {
    {"TrafficDistributionGroupArn", "Arn"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::TrafficDistributionGroup",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateTrafficDistributionGroup",
    .describe = "DescribeTrafficDistributionGroup",
    .described = "TrafficDistributionGroup",
    .remove = "DeleteTrafficDistributionGroup",
    .id = "TrafficDistributionGroupArn",
    .keys = "TrafficDistributionGroupId",
    .values = kValues,
    .ready = {.member = "Status",
              .pending = "CREATION_IN_PROGRESS PENDING_DELETION",
              .failed = "CREATION_FAILED DELETION_FAILED",
              .reason = ""},
    .vanishes_later = true,
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "TrafficDistributionGroupArn",
};

}  // namespace

constinit const ResourceType kConnectTrafficDistributionGroupType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
