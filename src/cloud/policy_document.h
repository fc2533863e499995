// Policy documents: whether AWS would take one. IAM, S3 and every service with resource policies
// check by this.
//
// Checked is the grammar (the elements, their types, which belong together), the form of actions,
// ARNs and principals, and the names of condition operators. Not checked: whether actions,
// condition keys or resources exist.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::cloud {

enum class PolicyUse {
  kIdentity,  // of a role, user or group, inline: no principal
  kManaged,   // the same, but of its own: no old version
  kTrust,     // who may assume a role: a principal, no resource, STS actions only
  kResource,  // of a bucket and the like: principal and resource
};

// What is wrong with it, in IAM's words where they are known, with the place in the text for what
// is not JSON. Nothing: it is fine.
std::optional<std::string> FindPolicyProblem(std::string_view text, PolicyUse use);

// Of conditions: "StringEquals", with its prefix and "IfExists"; a text, flag or number, or a list.
bool IsConditionOperator(std::string_view name);
bool IsConditionValue(const json::Value& value);

// The "AWS" principals of a document without problems: account numbers, ARNs, "*".
std::vector<std::string> AwsPrincipals(std::string_view text);

// Characters that count for the quotas: all but white space.
std::size_t PolicySize(std::string_view text);

}  // namespace trunkline::cloud
