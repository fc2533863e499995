// Which IAM actions an operation needs, and on which resources.
//
// Most operations need the action of their own name (`lambda:GetFunction`); the rows of tables.h
// name the others, and how a resource's ARN is made of an input. From the service authorization
// reference (documented); an operation without a row needs its own action on the resource its input
// names by ARN, or on "*".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::cloud::access {

struct Needed {
  std::string action;
  std::string resource;
};

// A call, as far as its actions and resources depend on it.
struct Asked {
  std::string_view service;  // the model's name
  std::string_view signing;  // its signing name, which is IAM's prefix for nearly all
  std::string_view operation;
  const json::Object& input;
  const json::Object& names;  // DerivedNames
  std::string_view caller;    // its ARN
  std::string_view account;
  std::string_view region;
  std::string_view method;  // API Gateway's actions are HTTP's methods,
  std::string_view path;    // on paths; may be empty
};

// Empty: nothing is needed (sts:GetCallerIdentity). An operation on several things by name
// (ssm:GetParameters) needs its action on each.
std::vector<Needed> NeededActions(const Asked& asked);

// A role that an operation hands to a service: the caller needs iam:PassRole on it.
struct PassedRole {
  std::string role_arn;
  std::string_view to;  // "lambda.amazonaws.com"
};
std::vector<PassedRole> PassedRoles(std::string_view service, std::string_view operation,
                                    const json::Object& input);

// The text at a path of members ("pipeline.roleArn"); empty when there is none.
std::string TextAt(const json::Object& input, std::string_view path);

}  // namespace trunkline::cloud::access
