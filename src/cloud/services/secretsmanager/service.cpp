#include "cloud/services.h"
#include "cloud/services/secretsmanager/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &secretsmanager::kDeleteOperations,   &secretsmanager::kListOperations,
    &secretsmanager::kPasswordOperations, &secretsmanager::kPolicyOperations,
    &secretsmanager::kReadOperations,     &secretsmanager::kReplicaOperations,
    &secretsmanager::kRotationOperations, &secretsmanager::kStageOperations,
    &secretsmanager::kTagOperations,      &secretsmanager::kWriteOperations,
};

}  // namespace

constinit const Service kSecretsmanagerService{.model = "secretsmanager", .families = kFamilies};

}  // namespace trunkline::cloud
