// AWS::Logs::SubscriptionFilter.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "LogGroupName*^ FilterName^ FilterPattern* DestinationArn* RoleArn Distribution "
    "ApplyOnTransformedLogs">();

constexpr Name kNames[] = {
    {"FilterName", "filterNamePrefix"},
};

constexpr Mapping kMapping{
    .type = "AWS::Logs::SubscriptionFilter",
    .properties = kProperties,
    .service = "logs",
    .create = "PutSubscriptionFilter",
    .describe = "DescribeSubscriptionFilters",
    .described = "subscriptionFilters",
    .update = "PutSubscriptionFilter",
    .remove = "DeleteSubscriptionFilter",
    .id = "FilterName LogGroupName",
    .reference = "FilterName",
    .names = kNames,
    .naming = {.property = "FilterName", .limit = 512},
};

}  // namespace

constinit const ResourceType kLogsSubscriptionFilterType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
