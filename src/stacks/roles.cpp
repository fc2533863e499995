#include "stacks/roles.h"

#include <fmt/format.h>

#include "base/text.h"
#include "stacks/names.h"
#include "stacks/permissions.h"
#include "stacks/policy.h"
#include "stacks/stack_permissions.h"

namespace trunkline::stacks {
namespace {

// Spelled so in the workshop's pipelineDeploymentRole.yml, and kept for its users.
constexpr std::string_view kToolingAccount = "pToolingAcountId";
constexpr std::string_view kHasOrganization = "HasOrganization";
constexpr std::string_view kHasOperators = "HasOperators";
constexpr std::string_view kMakesBoundary = "MakesBoundary";

json::Object BoundaryArn() {
  return Arn(fmt::format("iam::${{AWS::AccountId}}:policy/trunkline/{}", kBoundary));
}

std::string Pattern(const std::string& alias, std::string_view environment) {
  return fmt::format("{}-{}-*", alias, environment);
}

// One account may hold two environments: the boundary is made once.
bool IsFirstOfItsAccount(const center::Center& center, const center::Environment& environment) {
  for (const center::Environment& other : center.environments) {
    if (other.enabled && *other.account == *environment.account)
      return *other.name == *environment.name;
  }
  return true;
}

void AddParameters(Template& stack, const center::Center& center,
                   const center::Environment& environment) {
  const std::string& name = *environment.name;
  const std::string alias = center.instance ? ToLower(*center.instance->alias) : "*";
  const std::string bucket = center.instance ? *center.instance->bucket : "*";
  stack.AddParameter(kToolingAccount, "The account of the pipelines.", *center.tooling->account,
                     "[0-9]{12}");
  stack.AddParameter("pEnvironment", "The environment, as accountvars.json names it.", name,
                     "[0-9a-zA-Z-]+");
  stack.AddParameter("pExternalId",
                     "What a build must know to take the operator role; output ExternalId of the "
                     "tooling stack's environment.",
                     ExternalId(*center.tooling, name), "[A-Za-z0-9_+=,.@:/-]{2,1224}");
  stack.AddParameter("pInstanceName",
                     "The names of the environment's instances, and of what is named after them.",
                     Pattern(alias, name));
  stack.AddParameter("pStorageBucket", "The names of the instances' storage buckets.",
                     Pattern(ToLower(bucket), ToLower(name)));
  stack.AddParameter("pOrganizationId",
                     "The AWS organization that callers must belong to; empty: any.", "",
                     "|o-[a-z0-9]{10,32}");
  stack.AddParameter("pOperatorArn",
                     "A role of the tooling account, with * where it varies, whose people may take "
                     "the operator role, too; empty: none.",
                     "");
  stack.Add({.name = "pMakeBoundary",
             .description = "Whether this stack makes the boundary: once in an account.",
             .allowed = {"true", "false"},
             .fallback = IsFirstOfItsAccount(center, environment) ? "true" : "false"});
}

json::Object Given(std::string_view parameter) {
  json::Array equal;
  equal.emplace_back(Ref(parameter));
  equal.emplace_back("");
  json::Array negated;
  negated.emplace_back(json::Object{{"Fn::Equals", std::move(equal)}});
  return {{"Fn::Not", std::move(negated)}};
}

void AddConditions(Template& stack) {
  stack.AddCondition(kHasOrganization, Given("pOrganizationId"));
  stack.AddCondition(kHasOperators, Given("pOperatorArn"));
  json::Array equal;
  equal.emplace_back(Ref("pMakeBoundary"));
  equal.emplace_back("true");
  stack.AddCondition(kMakesBoundary, json::Object{{"Fn::Equals", std::move(equal)}});
}

// The tooling account's root stands for all of its principals; the condition picks them.
json::Object TrustTooling(json::Object conditions) {
  json::Object statement{{"Sid", "Trust"},
                         {"Effect", "Allow"},
                         {"Principal", json::Object{{"AWS", Arn("iam::${pToolingAcountId}:root")}}},
                         {"Action", "sts:AssumeRole"},
                         {"Condition", std::move(conditions)}};
  json::Array statements;
  statements.emplace_back(std::move(statement));
  return Document(std::move(statements));
}

json::Object ToolingRole(std::string_view name) {
  return Arn(fmt::format("iam::${{pToolingAcountId}}:role/trunkline/{}", name));
}

// The pipelines' actions, and their builds, which deploy the user's own templates with it.
json::Object DeployTrust() {
  json::Array who;
  who.emplace_back(ToolingRole(PipelineRole("${pEnvironment}")));
  who.emplace_back(ToolingRole(DeliverRole("${pEnvironment}")));
  return TrustTooling(Condition("ArnEquals", "aws:PrincipalArn", std::move(who)));
}

json::Object OperatorTrust() {
  json::Array who;
  who.emplace_back(ToolingRole(DeliverRole("${pEnvironment}")));
  who.emplace_back(If(kHasOperators, Ref("pOperatorArn"), Ref("AWS::NoValue")));
  json::Object conditions = Condition("ArnLike", "aws:PrincipalArn", std::move(who));
  json::Object equal;
  equal.Set("sts:ExternalId", Ref("pExternalId"));
  equal.Set("aws:PrincipalOrgID",
            If(kHasOrganization, Ref("pOrganizationId"), Ref("AWS::NoValue")));
  conditions.Set("StringEquals", std::move(equal));
  return TrustTooling(std::move(conditions));
}

json::Array OperatorStatements() {
  const OwnNames names{.instance = "${pInstanceName}", .bucket = "${pStorageBucket}"};
  json::Array statements = ReadInstancePermissions();
  Append(statements, ReadStoragePermissions(names));
  Append(statements, ReadCenterPermissions(names));
  statements.emplace_back(ReadBotsPermissions());
  Append(statements, InstancePermissions(names));
  Append(statements, List({TagPermissions(PhoneNumbers()), FlowPermissions()}));
  Append(statements, ObjectPermissions(names));
  Append(statements, UsePermissions(names));
  Append(statements, CodePermissions(names, BoundaryArn()));
  Append(statements, UndoPermissions(names));
  Append(statements, PhonePermissions());
  return statements;
}

void AddBoundary(Template& stack) {
  json::Object properties{{"ManagedPolicyName", kBoundary},
                          {"Path", "/trunkline/"},
                          {"Description", "The most that roles made by deliveries may ever do."}};
  properties.Set("PolicyDocument", Document(BoundaryStatements()));
  stack.Add("Boundary", {.type = "AWS::IAM::ManagedPolicy",
                         .properties = std::move(properties),
                         .condition = std::string(kMakesBoundary)});
}

void AddRole(Template& stack, std::string_view logical_id, RoleSpec spec) {
  stack.Add(logical_id, Role(std::move(spec)));
  stack.AddOutput(fmt::format("{}Arn", logical_id), "The role's ARN.", GetAtt(logical_id, "Arn"));
}

}  // namespace

Template MakeRoles(const center::Center& center, const center::Environment& environment) {
  Template stack("Trunkline: the roles of a target account of Amazon Connect deliveries.");
  AddParameters(stack, center, environment);
  AddConditions(stack);
  AddBoundary(stack);
  AddRole(stack, "DeployRole",
          {.name = Sub(DeployRole("${pEnvironment}")),
           .description = "Taken by the actions of the pipelines.",
           .trust = DeployTrust(),
           .statements = DeployStatements(),
           .boundary = nullptr});
  AddRole(stack, "StackRole",
          {.name = Sub(StackRole("${pEnvironment}")),
           .description = "CloudFormation makes the stacks of deliveries with it.",
           .trust = TrustService("cloudformation"),
           .statements = StackStatements(BoundaryArn()),
           .boundary = nullptr});
  AddRole(stack, "OperatorRole",
          {.name = Sub(OperatorRole("${pEnvironment}")),
           .description = "Taken by builds and people that run trunkline.",
           .trust = OperatorTrust(),
           .statements = OperatorStatements(),
           .boundary = nullptr});
  return stack;
}

}  // namespace trunkline::stacks
