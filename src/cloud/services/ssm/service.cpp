// Systems Manager, of which Parameter Store is implemented.
#include "cloud/services.h"
#include "cloud/services/ssm/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {&ssm::kDescribeOperations, &ssm::kLabelOperations,
                                       &ssm::kReadOperations, &ssm::kTagOperations,
                                       &ssm::kWriteOperations};

}  // namespace

constinit const Service kSsmService{.model = "ssm", .families = kFamilies};

}  // namespace trunkline::cloud
