// The account's password policy.
#pragma once

#include <string_view>

#include "cloud/services/iam/entities.h"

namespace trunkline::cloud::iam {

// PasswordPolicyViolation. Without a policy passwords have eight characters at least.
Answer<void> CheckPassword(Context& context, std::string_view password);

}  // namespace trunkline::cloud::iam
