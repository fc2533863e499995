// The operation tables of EventBridge Scheduler, one per family.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::scheduler {

extern constinit const Family kGroupOperations;
extern constinit const Family kScheduleOperations;
extern constinit const Family kTagOperations;

}  // namespace trunkline::cloud::scheduler
