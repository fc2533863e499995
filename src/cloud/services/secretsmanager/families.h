// The operation tables of Secrets Manager, one per family.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::secretsmanager {

extern constinit const Family kDeleteOperations;
extern constinit const Family kListOperations;
extern constinit const Family kPasswordOperations;
extern constinit const Family kPolicyOperations;
extern constinit const Family kReadOperations;
extern constinit const Family kReplicaOperations;
extern constinit const Family kRotationOperations;
extern constinit const Family kStageOperations;
extern constinit const Family kTagOperations;
extern constinit const Family kWriteOperations;

}  // namespace trunkline::cloud::secretsmanager
