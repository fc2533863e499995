#include "cloud/services.h"
#include "cloud/services/ecr/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &ecr::kImageListOperations, &ecr::kImageOperations,    &ecr::kLayerOperations,
    &ecr::kPolicyOperations,    &ecr::kRegistryOperations, &ecr::kRepositoryOperations,
};

}  // namespace

constinit const Service kEcrService{.model = "ecr", .families = kFamilies};

}  // namespace trunkline::cloud
