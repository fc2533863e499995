// The operation tables of EventBridge, one per family.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::events {

extern constinit const Family kArchiveOperations;
extern constinit const Family kBusOperations;
extern constinit const Family kConnectionOperations;
extern constinit const Family kDestinationOperations;
extern constinit const Family kPermissionOperations;
extern constinit const Family kPutOperations;
extern constinit const Family kReplayOperations;
extern constinit const Family kRuleOperations;
extern constinit const Family kTagOperations;
extern constinit const Family kTargetOperations;

}  // namespace trunkline::cloud::events
