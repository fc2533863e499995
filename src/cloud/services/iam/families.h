// The operation tables of IAM, one per file.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::iam {

extern constinit const Family kAccessKeyOperations;
extern constinit const Family kAccountOperations;
extern constinit const Family kAttachmentOperations;
extern constinit const Family kAuthorizationDetailOperations;
extern constinit const Family kGroupOperations;
extern constinit const Family kInlinePolicyOperations;
extern constinit const Family kInstanceProfileOperations;
extern constinit const Family kLoginProfileOperations;
extern constinit const Family kMfaOperations;
extern constinit const Family kOidcOperations;
extern constinit const Family kPasswordPolicyOperations;
extern constinit const Family kPolicyEntityOperations;
extern constinit const Family kPolicyOperations;
extern constinit const Family kPolicyVersionOperations;
extern constinit const Family kRoleOperations;
extern constinit const Family kServiceLinkedRoleOperations;
extern constinit const Family kSimulationOperations;
extern constinit const Family kTagOperations;
extern constinit const Family kUserCredentialOperations;
extern constinit const Family kUserOperations;

}  // namespace trunkline::cloud::iam
