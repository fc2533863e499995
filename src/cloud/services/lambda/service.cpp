#include "cloud/services.h"
#include "cloud/services/lambda/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &lambda::kAliasOperations,        &lambda::kConcurrencyOperations,
    &lambda::kEventInvokeOperations,  &lambda::kEventSourceOperations,
    &lambda::kFunctionOperations,     &lambda::kFunctionUpdateOperations,
    &lambda::kFunctionUrlOperations,  &lambda::kInvokeOperations,
    &lambda::kLayerListingOperations, &lambda::kLayerPermissionOperations,
    &lambda::kLayerVersionOperations, &lambda::kPermissionOperations,
    &lambda::kProvisionedOperations,  &lambda::kTagOperations,
    &lambda::kVersionOperations,
};

}  // namespace

constinit const Service kLambdaService{.model = "lambda", .families = kFamilies};

}  // namespace trunkline::cloud
