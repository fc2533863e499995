// Holders: what has policies, inline and attached. Roles, users and groups differ in names and
// quotas only, so their operations are the same functions over this description.
#pragma once

#include <array>
#include <string_view>

#include "cloud/services/iam/entities.h"

namespace trunkline::cloud::iam {

struct Holder {
  Kind kind;
  Kind inline_kind;
  std::string_view word;    // "role"
  std::string_view title;   // "Role"
  std::string_view member;  // of inputs and answers: "RoleName"
  std::size_t inline_size;  // characters of all its inline policies
};

inline constexpr Holder kRoleHolder{.kind = kRole,
                                    .inline_kind = kRolePolicy,
                                    .word = "role",
                                    .title = "Role",
                                    .member = "RoleName",
                                    .inline_size = 10240};
inline constexpr Holder kUserHolder{.kind = kUser,
                                    .inline_kind = kUserPolicy,
                                    .word = "user",
                                    .title = "User",
                                    .member = "UserName",
                                    .inline_size = 2048};
inline constexpr Holder kGroupHolder{.kind = kGroup,
                                     .inline_kind = kGroupPolicy,
                                     .word = "group",
                                     .title = "Group",
                                     .member = "GroupName",
                                     .inline_size = 5120};
inline constexpr std::array kHolders = {kGroupHolder, kRoleHolder, kUserHolder};

// The one that an input names. `FindChangeable` refuses roles that belong to an AWS service.
Answer<Record> FindHolder(Context& context, const Holder& holder, const json::Object& input);
Answer<Record> FindChangeable(Context& context, const Holder& holder, const json::Object& input);

// AWS deletes nothing that still has policies.
Answer<void> CheckHasNoPolicies(Context& context, const Holder& holder, const Record& record);

// Its inline policies get the holder's new name.
void RenameInlinePolicies(Context& context, const Holder& holder, std::string_view from,
                          std::string_view to);

// What shows: [{"PolicyName", "PolicyArn"}] in the order of ARNs; [{"PolicyName",
// "PolicyDocument"}].
json::Array ShowAttached(const Record& record);
json::Array ShowInline(Context& context, const Holder& holder, const Record& record);

// The holders that have a managed policy attached, or as their boundary.
struct PolicyUsage {
  std::vector<const Record*> attached;
  std::vector<const Record*> boundary;
};
PolicyUsage FindUsage(Context& context, const Holder& holder, std::string_view policy_arn);

// How many of all sorts.
struct UsageCount {
  std::size_t attached = 0;
  std::size_t boundary = 0;
};
UsageCount CountUsage(Context& context, std::string_view policy_arn);

}  // namespace trunkline::cloud::iam
