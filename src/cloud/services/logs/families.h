// The operation tables of CloudWatch Logs, one per file.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::logs {

extern constinit const Family kEventOperations;
extern constinit const Family kFilterOperations;
extern constinit const Family kGroupOperations;
extern constinit const Family kMetricFilterOperations;
extern constinit const Family kPolicyOperations;
extern constinit const Family kQueryDefinitionOperations;
extern constinit const Family kQueryOperations;
extern constinit const Family kStreamOperations;
extern constinit const Family kSubscriptionOperations;
extern constinit const Family kTagOperations;

}  // namespace trunkline::cloud::logs
