// Enforce: `up --enforce-iam` lets policies decide on every call from outside, and on what services
// do in a role.
#pragma once

#include "base/json.h"
#include "cloud/access/policy.h"
#include "cloud/context.h"
#include "cloud/dispatch.h"

namespace trunkline::cloud::access {

// Beside AWS's own: which policies were looked at, or which statement denied. For the log only.
inline constexpr std::string_view kDetail = "detail";

// AccessDenied in AWS's words, with the reason, and kDetail. The account's root, as a 12-digit key
// is, may do everything in its account that no resource's policy denies.
Answer<void> CheckAccess(Context& context, PolicyCache& cache, const Route& route,
                         const json::Object& input);

}  // namespace trunkline::cloud::access
