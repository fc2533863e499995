// The operation tables of CloudFormation, one per file.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::cloudformation {

extern constinit const Family kChangeSetOperations;
extern constinit const Family kChangeSetReadOperations;
extern constinit const Family kDriftOperations;
extern constinit const Family kEventOperations;
extern constinit const Family kExportOperations;
extern constinit const Family kPolicyOperations;
extern constinit const Family kResourceOperations;
extern constinit const Family kRollbackOperations;
extern constinit const Family kStackOperations;
extern constinit const Family kStackReadOperations;
extern constinit const Family kStackSetInstanceOperations;
extern constinit const Family kStackSetOperations;
extern constinit const Family kTemplateOperations;
extern constinit const Family kTypeOperations;

}  // namespace trunkline::cloud::cloudformation
