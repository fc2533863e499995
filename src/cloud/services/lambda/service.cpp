#include "cloud/services.h"
#include "cloud/services/lambda/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &lambda::kAliasOperations,          &lambda::kConcurrencyOperations,
    &lambda::kEventSourceOperations,    &lambda::kFunctionOperations,
    &lambda::kFunctionUpdateOperations, &lambda::kInvokeOperations,
    &lambda::kPermissionOperations,     &lambda::kTagOperations,
    &lambda::kVersionOperations,
};

}  // namespace

constinit const Service kLambdaService{.model = "lambda", .families = kFamilies};

}  // namespace trunkline::cloud
