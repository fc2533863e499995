// Entities: identities and policies as IAM keeps and shows them. Account scope:
//   {"iam","role"}, {"iam","user"}, {"iam","group"}
//                             id: the name; name: in lower case (IAM compares so); body: the
//                             members of `Role`, `User` or `Group` (the trust policy as text),
//                             "AttachedPolicies" (ARNs), "PermissionsBoundary" (an ARN); of users
//                             "Groups" (names, in order)
//   {"iam","role-policy"}, {"iam","user-policy"}, {"iam","group-policy"}
//                             inline policies: id "<role>/<policy>", parent: the role
//   {"iam","access-key"}      id: the key's; parent: the user; its secret is in {"cloud","key"}
//   {"iam","instance-profile"}  id: the name; name: in lower case; body: "Roles" (names)
//   {"iam","policy"}          customer managed policies: id: the ARN, name: the name in lower case
//   {"iam","policy-version"}  id "<arn>:<version>", parent: the policy's ARN
//   {"iam","account-alias"}   id "alias" in the account's scope; id: the alias in the global one
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
inline constexpr Kind kAccessKey{"iam", "access-key"};
inline constexpr Kind kInstanceProfile{"iam", "instance-profile"};
inline constexpr Kind kPolicy{"iam", "policy"};
inline constexpr Kind kPolicyVersion{"iam", "policy-version"};

// Errors by the names that the model gives them; the wire says them without "Exception".
ServiceError NoSuchEntity(std::string_view text);
ServiceError AlreadyExists(std::string_view text);
ServiceError DeleteConflict(std::string_view text);
ServiceError LimitExceeded(std::string_view text);
ServiceError MalformedPolicy(std::string_view text);

// A copy, because most callers change and put it.
Answer<Record> FindRole(Context& context, std::string_view name);
// The record of a customer managed policy; AWS's own ones are in managed_policies.h.
Answer<Record> FindPolicy(Context& context, std::string_view arn);
// Its versions, newest first.
std::vector<const Record*> VersionsOf(Context& context, std::string_view policy_arn);
// Refuses what belongs to an AWS service.
Answer<void> CheckModifiable(const Record& role);

// "AROA..." and the like: `prefix` and 17 characters.
std::string NewUniqueId(Context& context, std::string_view prefix);
std::string IamArn(const Context& context,
                   std::string_view what);  // "arn:aws:iam::<account>:<what>"

// The trust policy of roles and documents of policies go out percent-encoded (RFC 3986).
// `Role`; lists leave out tags and boundary, and what CreateRole and instance profiles show has no
// description and no session duration.
json::Object ToRole(const Record& role);
json::Object ToBriefRole(const Record& role);
json::Object ToListedRole(const Record& role);
// "PermissionsBoundary" and "Tags" of a role or user, where it has them.
void SetBoundaryAndTags(json::Object& answer, const Record& record);
// `Policy`, with the counts of identities that use it.
json::Object ToPolicy(Context& context, const Record& policy);

// The records of a kind below the input's PathPrefix, and their names for TakePage.
struct ByPath {
  std::string prefix;
  std::vector<const Record*> records;
  std::vector<std::string> names;
};
ByPath ListByPath(Context& context, Kind kind, const json::Object& input);

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
