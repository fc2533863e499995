// Resource policies as they are kept.
//   {"logs","policy"}  id and name: the policy's name or the group's ARN; body: as it was put
#pragma once

#include "cloud/store.h"

namespace trunkline::cloud::logs {

inline constexpr Kind kPolicy{"logs", "policy"};

}  // namespace trunkline::cloud::logs
