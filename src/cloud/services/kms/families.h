// The operation tables of KMS, one per family.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::kms {

extern constinit const Family kAliasOperations;
extern constinit const Family kDataKeyOperations;
extern constinit const Family kEncryptOperations;
extern constinit const Family kGrantOperations;
extern constinit const Family kKeyOperations;
extern constinit const Family kPolicyOperations;
extern constinit const Family kRotationOperations;
extern constinit const Family kSignOperations;
extern constinit const Family kStateOperations;
extern constinit const Family kTagOperations;

}  // namespace trunkline::cloud::kms
