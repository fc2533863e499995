// AWS::Logs::MetricFilter.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "LogGroupName*^ FilterName^ FilterPattern* MetricTransformations* ApplyOnTransformedLogs "
    "EmitSystemFieldDimensions FieldSelectionCriteria">();

constexpr Name kNames[] = {
    {"FilterName", "filterNamePrefix"},
};

constexpr Mapping kMapping{
    .type = "AWS::Logs::MetricFilter",
    .properties = kProperties,
    .service = "logs",
    .create = "PutMetricFilter",
    .describe = "DescribeMetricFilters",
    .described = "metricFilters",
    .update = "PutMetricFilter",
    .remove = "DeleteMetricFilter",
    .id = "FilterName LogGroupName",
    .reference = "FilterName",
    .names = kNames,
    .naming = {.property = "FilterName", .limit = 512},
};

}  // namespace

constinit const ResourceType kLogsMetricFilterType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
