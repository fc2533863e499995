// What IAM checks before it takes a document or an attachment for a role.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::iam {

// A trust policy: its grammar, its size, and that the roles it names exist.
Answer<void> CheckTrust(Context& context, std::string_view document);

// An inline policy of a role, which counts with its other inline policies (10,240 characters in
// all).
Answer<void> CheckInlinePolicy(Context& context, std::string_view role, std::string_view name,
                               std::string_view document);

// A version of a managed policy (6,144 characters).
Answer<void> CheckManagedPolicy(std::string_view document);

// Whether there is a managed policy of that ARN: AWS's own, or one of this account.
Answer<void> CheckAttachable(Context& context, std::string_view policy_arn);

}  // namespace trunkline::cloud::iam
