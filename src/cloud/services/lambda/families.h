// The operation tables of Lambda, one per family.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::lambda {

extern constinit const Family kAliasOperations;
extern constinit const Family kConcurrencyOperations;
extern constinit const Family kEventInvokeOperations;
extern constinit const Family kEventSourceOperations;
extern constinit const Family kFunctionOperations;
extern constinit const Family kFunctionUpdateOperations;
extern constinit const Family kFunctionUrlOperations;
extern constinit const Family kInvokeOperations;
extern constinit const Family kLayerListingOperations;
extern constinit const Family kLayerPermissionOperations;
extern constinit const Family kLayerVersionOperations;
extern constinit const Family kPermissionOperations;
extern constinit const Family kProvisionedOperations;
extern constinit const Family kTagOperations;
extern constinit const Family kVersionOperations;

}  // namespace trunkline::cloud::lambda
