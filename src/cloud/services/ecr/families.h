// The operation tables of ECR, one per family.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::ecr {

extern constinit const Family kImageOperations;
extern constinit const Family kImageListOperations;
extern constinit const Family kLayerOperations;
extern constinit const Family kPolicyOperations;
extern constinit const Family kRegistryOperations;
extern constinit const Family kRepositoryOperations;

}  // namespace trunkline::cloud::ecr
