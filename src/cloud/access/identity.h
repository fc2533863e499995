// Identity: the policies of whoever calls, and the condition keys that tell of them, as IAM's
// records have them.
#pragma once

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
Identity FindIdentity(Context& context, const Caller& caller);

}  // namespace trunkline::cloud::access
