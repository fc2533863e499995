// EventBridge Scheduler.
#include "cloud/services.h"
#include "cloud/services/scheduler/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {&scheduler::kGroupOperations,
                                       &scheduler::kScheduleOperations, &scheduler::kTagOperations};

}  // namespace

constinit const Service kSchedulerService{.model = "scheduler", .families = kFamilies};

}  // namespace trunkline::cloud
