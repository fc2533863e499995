// Sessions: temporary credentials that stand for a role or a user, and the end of them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/callers.h"
#include "cloud/context.h"

namespace trunkline::cloud::sts {

// What STS needs of a role; the records are IAM's: kind {"iam", "role"}, in the account's scope, by
// role name.
struct Role {
  std::string account;
  std::string name;
  std::string arn;
  std::string id;                      // "AROA..."
  std::string trust_policy;            // AssumeRolePolicyDocument, as text
  std::chrono::seconds longest{3600};  // MaxSessionDuration
};

// "User: ... is not authorized to perform: sts:AssumeRole on resource: ...": AWS says no more.
ServiceError MayNotAssume(const Caller& caller, std::string_view role_arn);

// The error says AccessDenied, as AWS does for a role that does not exist.
Answer<Role> FindRole(Context& context, std::string_view role_arn);

// "arn:aws:sts::123456789012:assumed-role/Name/Session", for a service that acts in the role.
Caller SessionCaller(const Role& role, std::string_view session_name);

// Issues a key for `caller` that expires after `length` of real time, in the context's transaction.
// `policies` limit it: documents, and ARNs of managed policies.
IssuedKey StartSession(Context& context, Caller caller, std::chrono::seconds length,
                       std::vector<std::string> policies = {});

}  // namespace trunkline::cloud::sts
