// Evaluate: whether policies let a call happen, and if not, why, in AWS's own words.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
// (documented): an explicit Deny anywhere wins; then, within one account, the resource's policy may
// allow by itself, else the identity's policies must, and the permissions boundary and the
// session's policies too; across accounts both the identity's side and the resource's policy must
// allow.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "cloud/access/condition.h"
#include "cloud/access/policy.h"

namespace trunkline::cloud::access {

// Who calls, what, on what.
struct Call {
  std::string account;        // of the caller
  std::string principal_arn;  // as STS names it: "arn:aws:sts::...:assumed-role/Name/Session"
  std::string role_arn;       // of the role whose session it is, else empty
  std::string service;        // "lambda.amazonaws.com": a service that calls for itself
  std::string action;         // "s3:GetObject"
  std::string resource;       // an ARN, or "*"
  Keys keys;
};

// One policy document with the name that explanations give it.
struct NamedPolicy {
  std::string name;  // "inline policy 'deploy' of role 'x'"
  std::shared_ptr<const Policy> policy;
  std::string id{};  // as the policy simulator names it: "deploy", "role_x_deploy"
};

struct Policies {
  std::vector<NamedPolicy> identity;
  std::optional<NamedPolicy> boundary;
  std::vector<NamedPolicy> session;  // of AssumeRole; they limit what the role may do
  std::optional<NamedPolicy> resource;
  std::string resource_account;      // whose resource it is
  bool resource_must_allow = false;  // a KMS key's policy, a role's trust: nothing goes without it
};

struct Decision {
  bool allowed = false;
  bool denied = false;  // by a Deny; else what is not allowed was allowed by nothing
  // "because no identity-based policy allows the s3:GetObject action": the end of AWS's sentence.
  std::string why;
  std::string detail;  // which statement of which policy denied, or which policies were looked at
};

// One statement of one of the policies, by address.
struct StatementAt {
  const NamedPolicy* policy = nullptr;
  const Statement* statement = nullptr;
};

// `without`: as if this statement were not there.
Decision Evaluate(const Call& call, const Policies& policies, StatementAt without = {});

// What one document says of a call.
enum class Effect { kNone, kAllow, kDeny };
struct Opinion {
  Effect effect = Effect::kNone;
  std::vector<const Statement*> statements;  // those that deny if any does, else those that allow
  // An allowing statement names the caller itself (or everybody), not just its account or role.
  bool names_principal = false;
  bool names_role = false;
};
// `with_principals`: it is a resource's policy, whose statements say whom they are about.
// `without`: as if this statement of it were not there.
Opinion Ask(const Policy& policy, const Call& call, bool with_principals,
            const Statement* without = nullptr);

// The actions, in lower case, and resources that a statement names and this call goes by; none of a
// statement that names others (NotAction, NotResource).
std::vector<std::string> ActionsFor(const Statement& statement, const Call& call);
std::vector<std::string> ResourcesFor(const Policy& policy, const Statement& statement,
                                      const Call& call);

}  // namespace trunkline::cloud::access
