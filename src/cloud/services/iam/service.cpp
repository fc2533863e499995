// Identity and Access Management: who there is and what policies say of them. cloud/access/ decides
// by these records with --enforce-iam.
#include "cloud/services.h"
#include "cloud/services/iam/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &iam::kAccessKeyOperations,
    &iam::kAccountOperations,
    &iam::kAttachmentOperations,
    &iam::kAuthorizationDetailOperations,
    &iam::kGroupOperations,
    &iam::kInlinePolicyOperations,
    &iam::kInstanceProfileOperations,
    &iam::kLoginProfileOperations,
    &iam::kMfaOperations,
    &iam::kOidcOperations,
    &iam::kPasswordPolicyOperations,
    &iam::kPolicyEntityOperations,
    &iam::kPolicyOperations,
    &iam::kPolicyVersionOperations,
    &iam::kRoleOperations,
    &iam::kServiceLinkedRoleOperations,
    &iam::kSimulationOperations,
    &iam::kTagOperations,
    &iam::kUserCredentialOperations,
    &iam::kUserOperations,
};

}  // namespace

constinit const Service kIamService{.model = "iam", .families = kFamilies};

}  // namespace trunkline::cloud
