// The operation tables of Step Functions, one per family.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::stepfunctions {

extern constinit const Family kActivityOperations;
extern constinit const Family kActivityTaskOperations;
extern constinit const Family kAliasOperations;
extern constinit const Family kExecutionOperations;
extern constinit const Family kHistoryOperations;
extern constinit const Family kMachineOperations;
extern constinit const Family kMachineUpdateOperations;
extern constinit const Family kMapRunOperations;
extern constinit const Family kStartOperations;
extern constinit const Family kSyncOperations;
extern constinit const Family kTagOperations;
extern constinit const Family kTestStateOperations;
extern constinit const Family kTokenOperations;
extern constinit const Family kVersionOperations;

}  // namespace trunkline::cloud::stepfunctions
