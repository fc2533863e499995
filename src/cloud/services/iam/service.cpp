// Identity and Access Management: roles and policies. They are kept and answered for; nothing is
// denied by them yet.
#include "cloud/services.h"
#include "cloud/services/iam/families.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &iam::kAccountOperations,           &iam::kAttachmentOperations, &iam::kPolicyOperations,
    &iam::kPolicyVersionOperations,     &iam::kRoleOperations,       &iam::kRolePolicyOperations,
    &iam::kServiceLinkedRoleOperations, &iam::kTagOperations,
};

}  // namespace

constinit const Service kIamService{.model = "iam", .families = kFamilies};

}  // namespace trunkline::cloud
