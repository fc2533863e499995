#include "cloud/services/iam/role_checks.h"

#include "base/text.h"
#include "cloud/policy_document.h"
#include "cloud/services/iam/entities.h"
#include "cloud/services/iam/managed_policies.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::size_t kTrustSize = 2048;
constexpr std::size_t kInlineSize = 10240;
constexpr std::size_t kManagedSize = 6144;

// IAM looks roles up when it takes a trust policy. Users are not implemented, so any user is taken.
bool RoleExists(Context& context, std::string_view arn) {
  const std::vector<std::string_view> parts = Split(arn, ':');
  if (parts.size() < 6 || parts[2] != "iam" || !parts[5].starts_with("role/")) return true;
  const std::string name(parts[5].substr(parts[5].rfind('/') + 1));
  const Record* role = context.store.Find({std::string(parts[4]), ""}, kRole, name);
  return role != nullptr && role->body.GetString("Arn") == arn;
}

}  // namespace

Answer<void> CheckTrust(Context& context, std::string_view document) {
  if (const auto problem = FindPolicyProblem(document, PolicyUse::kTrust))
    return MalformedPolicy(*problem);
  if (PolicySize(document) > kTrustSize)
    return LimitExceeded("Cannot exceed quota for ACLSizePerRole: 2048");
  for (const std::string& principal : AwsPrincipals(document)) {
    if (!RoleExists(context, principal)) {
      return MalformedPolicy("Invalid principal in policy: \"AWS\":\"" + principal + "\"");
    }
  }
  return {};
}

Answer<void> CheckInlinePolicy(Context& context, std::string_view role, std::string_view name,
                               std::string_view document) {
  if (const auto problem = FindPolicyProblem(document, PolicyUse::kIdentity))
    return MalformedPolicy(*problem);
  std::size_t size = PolicySize(document);
  for (const Record* other : context.store.List(context.AccountScope(), kRolePolicy, role)) {
    if (other->name != name) size += PolicySize(other->body.GetString("PolicyDocument"));
  }
  if (size <= kInlineSize) return {};
  return LimitExceeded("Maximum policy size of 10240 bytes exceeded for role " + std::string(role));
}

Answer<void> CheckManagedPolicy(std::string_view document) {
  if (const auto problem = FindPolicyProblem(document, PolicyUse::kIdentity))
    return MalformedPolicy(*problem);
  if (PolicySize(document) > kManagedSize)
    return LimitExceeded("Cannot exceed quota for PolicySize: 6144");
  return {};
}

Answer<void> CheckAttachable(Context& context, std::string_view policy_arn) {
  if (FindManagedPolicy(policy_arn) ||
      context.store.Find(context.AccountScope(), kPolicy, policy_arn))
    return {};
  const std::string arn(policy_arn);
  if (!arn.starts_with("arn:"))
    return ServiceError("InvalidInputException", "ARN " + arn + " is not valid.");
  std::string text = "Policy " + arn + " does not exist or is not attachable.";
  if (arn.starts_with(kManagedPrefix))
    text += " (The embedded cloud knows only a part of the policies AWS manages.)";
  return NoSuchEntity(text);
}

}  // namespace trunkline::cloud::iam
