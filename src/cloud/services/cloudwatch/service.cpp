// CloudWatch: metrics, alarms and dashboards.
#include "cloud/services.h"
#include "cloud/services/cloudwatch/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &cloudwatch::kAlarmOperations,     &cloudwatch::kAlarmStateOperations,
    &cloudwatch::kDashboardOperations, &cloudwatch::kDescribeOperations,
    &cloudwatch::kHistoryOperations,   &cloudwatch::kListOperations,
    &cloudwatch::kPutOperations,       &cloudwatch::kReadOperations,
    &cloudwatch::kTagOperations,
};

}  // namespace

constinit const Service kCloudWatchService{.model = "cloudwatch", .families = kFamilies};
constinit const Service kCloudWatchQueryService{.model = "cloudwatch-query", .families = kFamilies};

}  // namespace trunkline::cloud
