// The operation tables of Systems Manager's Parameter Store, one per file.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::ssm {

extern constinit const Family kDescribeOperations;
extern constinit const Family kLabelOperations;
extern constinit const Family kReadOperations;
extern constinit const Family kTagOperations;
extern constinit const Family kWriteOperations;

}  // namespace trunkline::cloud::ssm
