// The operations of DynamoDB, by family.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::dynamodb {

extern constinit const Family kBackupOperations;
extern constinit const Family kBatchOperations;
extern constinit const Family kChangeTableOperations;
extern constinit const Family kExpiryOperations;
extern constinit const Family kItemOperations;
extern constinit const Family kLimitOperations;
extern constinit const Family kPolicyOperations;
extern constinit const Family kReadOperations;
extern constinit const Family kTableOperations;
extern constinit const Family kTagOperations;
extern constinit const Family kTransactionOperations;

}  // namespace trunkline::cloud::dynamodb
