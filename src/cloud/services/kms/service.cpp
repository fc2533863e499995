#include "cloud/services.h"
#include "cloud/services/kms/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &kms::kAliasOperations,    &kms::kDataKeyOperations, &kms::kEncryptOperations,
    &kms::kGrantOperations,    &kms::kKeyOperations,     &kms::kPolicyOperations,
    &kms::kRotationOperations, &kms::kSignOperations,    &kms::kStateOperations,
    &kms::kTagOperations,
};

}  // namespace

constinit const Service kKmsService{.model = "kms", .families = kFamilies};

}  // namespace trunkline::cloud
