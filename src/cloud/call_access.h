// CheckCall: with --enforce-iam, whether policies allow a call that a service makes on behalf of
// somebody, and does not dispatch: assuming a role, the use of a key.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud {

// AccessDenied in AWS's words. Calls of the cloud itself are always allowed.
Answer<void> CheckCall(Context& context, const Caller& caller, std::string_view service,
                       std::string_view operation, const json::Object& input);

}  // namespace trunkline::cloud
