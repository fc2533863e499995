// Roles and managed policies as IAM keeps and shows them. Account scope:
//   {"iam","role"}            id: the role's name; name: the same in lower case (IAM compares so);
//   body: the members of
//                             `Role`, the trust policy as text, "PermissionsBoundary" (an ARN),
//                             "AttachedPolicies" (ARNs)
//   {"iam","role-policy"}     inline policies: id "<role>/<policy>", parent: the role
//   {"iam","user"}            id: the user's name, name: in lower case; body: the members of
//   `User`,
//                             "AttachedPolicies", "PermissionsBoundary", "Groups" (names)
//   {"iam","user-policy"}     inline policies: id "<user>/<policy>", parent: the user
//   {"iam","group"}           id: the group's name; body: the members of `Group`,
//   "AttachedPolicies"
//   {"iam","group-policy"}    inline policies: id "<group>/<policy>", parent: the group
//   {"iam","policy"}          customer managed policies: id: the ARN, name: the name in lower case
//   {"iam","policy-version"}  id "<arn>:<version>", parent: the policy's ARN
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"

namespace trunkline::cloud::iam {

inline constexpr Kind kRole{"iam", "role"};
inline constexpr Kind kRolePolicy{"iam", "role-policy"};
inline constexpr Kind kUser{"iam", "user"};
inline constexpr Kind kUserPolicy{"iam", "user-policy"};
inline constexpr Kind kGroup{"iam", "group"};
inline constexpr Kind kGroupPolicy{"iam", "group-policy"};
inline constexpr Kind kPolicy{"iam", "policy"};
inline constexpr Kind kPolicyVersion{"iam", "policy-version"};

// Errors by the names that the model gives them; the wire says them without "Exception".
ServiceError NoSuchEntity(std::string_view text);
ServiceError LimitExceeded(std::string_view text);
ServiceError MalformedPolicy(std::string_view text);

// A copy, because most callers change and put it.
Answer<Record> FindRole(Context& context, std::string_view name);
// The record of a customer managed policy; AWS's own ones are in managed_policies.h.
Answer<Record> FindPolicy(Context& context, std::string_view arn);
// Refuses what belongs to an AWS service.
Answer<void> CheckModifiable(const Record& role);

// "AROA..." and the like: `prefix` and 17 characters.
std::string NewUniqueId(Context& context, std::string_view prefix);
std::string IamArn(const Context& context,
                   std::string_view what);  // "arn:aws:iam::<account>:<what>"

// The trust policy of roles and documents of policies go out percent-encoded (RFC 3986).
// `Role`; lists leave out tags and boundary.
json::Object ToRole(const Record& role);
json::Object ToListedRole(const Record& role);
// `Policy`, with the counts of roles that use it.
json::Object ToPolicy(Context& context, const Record& policy);

// How many roles have the policy attached, or as their boundary.
struct PolicyUsage {
  std::vector<const Record*> attached;
  std::vector<const Record*> boundary;
};
PolicyUsage FindUsage(Context& context, std::string_view policy_arn);

// A page of items that are in memory and in order; IAM's Marker, MaxItems and IsTruncated.
struct Page {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string next;
};
Answer<Page> TakePage(const json::Object& input, std::string_view listing,
                      const std::vector<std::string>& keys);
void SetPage(json::Object& answer, const Page& page);

}  // namespace trunkline::cloud::iam
