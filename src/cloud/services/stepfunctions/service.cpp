#include "cloud/services.h"
#include "cloud/services/stepfunctions/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &stepfunctions::kActivityOperations,      &stepfunctions::kActivityTaskOperations,
    &stepfunctions::kAliasOperations,         &stepfunctions::kExecutionOperations,
    &stepfunctions::kHistoryOperations,       &stepfunctions::kMachineOperations,
    &stepfunctions::kMachineUpdateOperations, &stepfunctions::kMapRunOperations,
    &stepfunctions::kStartOperations,         &stepfunctions::kSyncOperations,
    &stepfunctions::kTagOperations,           &stepfunctions::kTestStateOperations,
    &stepfunctions::kTokenOperations,         &stepfunctions::kVersionOperations,
};

}  // namespace

constinit const Service kStepFunctionsService{.model = "stepfunctions", .families = kFamilies};

}  // namespace trunkline::cloud
