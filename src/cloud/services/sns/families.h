// The operation tables of SNS, one per family.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::sns {

extern constinit const Family kMessageSettingOperations;
extern constinit const Family kPermissionOperations;
extern constinit const Family kPublishOperations;
extern constinit const Family kSubscriptionOperations;
extern constinit const Family kTagOperations;
extern constinit const Family kTopicOperations;

}  // namespace trunkline::cloud::sns
