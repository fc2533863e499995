// Identity: the policies of whoever calls, and the condition keys that tell of them, as IAM's
// records have them.
#pragma once

#include <optional>
#include <string_view>

#include "cloud/access/evaluate.h"
#include "cloud/context.h"

namespace trunkline::cloud::access {

// What a caller brings along: its identity's policies, boundary and session's policies, and
// aws:PrincipalArn and the like. A role or user that was deleted meanwhile has no policies.
struct Identity {
  std::string role_arn;  // of the role whose session it is, else empty
  Policies policies;     // without the resource's
  Keys keys;
};
Identity FindIdentity(Context& context, PolicyCache& cache, const Caller& caller);
// The same of a role, user or group that its own ARN names; nothing: there is none.
std::optional<Identity> FindIdentityByArn(Context& context, PolicyCache& cache,
                                          std::string_view arn);

}  // namespace trunkline::cloud::access
