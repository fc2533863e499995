// CloudWatch Logs: groups, streams and events; functions write here.
#include "cloud/services.h"
#include "cloud/services/logs/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &logs::kEventOperations,        &logs::kFilterOperations, &logs::kGroupOperations,
    &logs::kMetricFilterOperations, &logs::kPolicyOperations, &logs::kQueryDefinitionOperations,
    &logs::kQueryOperations,        &logs::kStreamOperations, &logs::kSubscriptionOperations,
    &logs::kTagOperations,
};

}  // namespace

constinit const Service kLogsService{.model = "logs", .families = kFamilies};

}  // namespace trunkline::cloud
