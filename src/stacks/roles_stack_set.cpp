// One stack set in place of a role stack for each environment. Self-managed: the tooling account
// has the administration role that AWS documents, each target account the execution role.
// Service-managed stack sets take organizational units in the place of accounts: docs/stacks.md
// says what to change.
#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "stacks/names.h"
#include "stacks/policy.h"
#include "stacks/roles.h"

namespace trunkline::stacks {
namespace {

json::Array Values(const json::Object& defaults, bool own_only) {
  json::Array values;
  for (const json::Member& parameter : defaults) {
    const bool own = parameter.key != "pToolingAcountId" && parameter.key != "pOrganizationId" &&
                     parameter.key != "pOperatorArn";
    if (own_only && !own) continue;
    values.emplace_back(
        json::Object{{"ParameterKey", parameter.key},
                     {"ParameterValue", parameter.value.AsObject().GetString("Default")}});
  }
  return values;
}

json::Object DefaultsOf(const center::Center& center, const center::Environment& environment) {
  return MakeRoles(center, environment).ToJson().AsObject().GetObject("Parameters");
}

// Roles are the same in all Regions: the stack is in one.
json::Object InstancesOf(const center::Center& center, const center::Environment& environment) {
  json::Object group{
      {"DeploymentTargets", json::Object{{"Accounts", json::Array{*environment.account}}}},
      {"Regions", json::Array{*environment.regions.front()}}};
  group.Set("ParameterOverrides", Values(DefaultsOf(center, environment), true));
  return group;
}

void AddParameters(Template& stack) {
  stack.AddParameter("AdministrationRoleName",
                     "The role of this account that CloudFormation takes first.",
                     "AWSCloudFormationStackSetAdministrationRole");
  stack.AddParameter("ExecutionRoleName", "The role of the target accounts that it takes then.",
                     "AWSCloudFormationStackSetExecutionRole");
}

}  // namespace

Template MakeRolesStackSet(const center::Center& center) {
  Template stack("Trunkline: the roles of all target accounts, as one stack set.");
  AddParameters(stack);
  json::Array groups;
  const center::Environment* first = nullptr;
  for (const center::Environment& environment : center.environments) {
    if (!environment.enabled) continue;
    if (first == nullptr) first = &environment;
    groups.emplace_back(InstancesOf(center, environment));
  }
  if (first == nullptr) first = &center.environments.front();
  json::Object properties{{"StackSetName", "amzconnect-roles"},
                          {"Description", "The roles of Amazon Connect deliveries."},
                          {"PermissionModel", "SELF_MANAGED"},
                          {"Capabilities", json::Array{"CAPABILITY_NAMED_IAM"}}};
  properties.Set("AdministrationRoleARN",
                 Arn("iam::${AWS::AccountId}:role/${AdministrationRoleName}"));
  properties.Set("ExecutionRoleName", Ref("ExecutionRoleName"));
  properties.Set("TemplateBody", json::Write(MakeRoles(center, *first).ToJson()));
  properties.Set("Parameters", Values(DefaultsOf(center, *first), false));
  if (!groups.empty()) properties.Set("StackInstancesGroup", std::move(groups));
  stack.Add("Roles",
            {.type = "AWS::CloudFormation::StackSet", .properties = std::move(properties)});
  return stack;
}

}  // namespace trunkline::stacks
