// The operation tables of CloudWatch, one per family. Two services share them: the JSON protocol's,
// and the Query protocol's of older clients.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::cloudwatch {

extern constinit const Family kAlarmOperations;
extern constinit const Family kAlarmStateOperations;
extern constinit const Family kDashboardOperations;
extern constinit const Family kDescribeOperations;
extern constinit const Family kHistoryOperations;
extern constinit const Family kListOperations;
extern constinit const Family kPutOperations;
extern constinit const Family kReadOperations;
extern constinit const Family kTagOperations;

}  // namespace trunkline::cloud::cloudwatch
