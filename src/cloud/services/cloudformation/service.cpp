#include "cloud/services.h"
#include "cloud/services/cloudformation/operations/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &cloudformation::kChangeSetOperations,
    &cloudformation::kChangeSetReadOperations,
    &cloudformation::kDriftOperations,
    &cloudformation::kEventOperations,
    &cloudformation::kExportOperations,
    &cloudformation::kPolicyOperations,
    &cloudformation::kResourceOperations,
    &cloudformation::kRollbackOperations,
    &cloudformation::kStackOperations,
    &cloudformation::kStackReadOperations,
    &cloudformation::kStackSetInstanceOperations,
    &cloudformation::kStackSetOperations,
    &cloudformation::kTemplateOperations,
    &cloudformation::kTypeOperations,
};

}  // namespace

constinit const Service kCloudformationService{.model = "cloudformation", .families = kFamilies};

}  // namespace trunkline::cloud
