// IAM roles that a service assumes for one of the center's resources: a function, a bot.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "deploy/resource.h"

namespace trunkline::deploy {

struct RoleSpec {
  std::string name;     // at most 64 characters, IAM's limit
  std::string service;  // who may assume it: "lambda.amazonaws.com"
  std::string description;
  json::Array statements;  // of its one inline policy, 'trunkline'
  std::vector<std::string> managed_policies;
};

// Creates the role or brings its policies up to date; the role's ARN.
net::aw<Result<std::string>> EnsureRole(Session& session, RoleSpec spec);

// Whether `role`, as GetRole answers it, is one that EnsureRole made.
bool IsOurs(const json::Object& role);

// Deletes a role that EnsureRole made; somebody else's of this name stays.
net::aw<Result<void>> RemoveRole(Session& session, std::string name);

// "aws", "aws-cn" or "aws-us-gov": the first part of ARNs in a Region.
std::string Partition(std::string_view region);

}  // namespace trunkline::deploy
