// IAM policy documents: who may do what, built statement by statement.
//
// House rules, checked by tests over every template: no statement allows all actions of anything on
// every resource, and a service is trusted for its own account only (confused deputy).
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "stacks/template.h"

namespace trunkline::stacks {

using Actions = std::vector<std::string_view>;

// arn:<partition>:<service>:*:<own account>:<rest>, for all Regions; "${...}" in it is replaced.
json::Object OwnArn(std::string_view service, std::string_view rest);
json::Array List(std::initializer_list<json::Object> items);
void Append(json::Array& statements, json::Array more);

json::Object Allow(std::string_view sid, const Actions& actions, json::Value resource,
                   json::Object conditions = {});
json::Object Deny(std::string_view sid, const Actions& actions, json::Value resource,
                  json::Object conditions = {});
// {operator: {key: value}}
json::Object Condition(std::string_view operation, std::string_view key, json::Value value);

// A document of these statements.
json::Object Document(json::Array statements);

// Whom a role trusts: one service, for this account (`source_arn`: for one resource's sake only).
json::Object TrustService(std::string_view service, json::Value source_arn = nullptr);

// A role below /trunkline/.
struct RoleSpec {
  json::Value name;  // a text, or an intrinsic function; null: CloudFormation chooses
  std::string description;
  json::Object trust;
  json::Array statements;
  json::Value boundary;  // its permissions boundary
};
Resource Role(RoleSpec spec);

// Statements that most roles need.
json::Object AllowLogs(std::string_view log_group);  // "/aws/lambda/x", with ${...} in it

}  // namespace trunkline::stacks
