#include "stacks/roles.h"

#include <gmock/gmock.h>

#include "base/json_write.h"
#include "tests/stacks/acme.h"

namespace trunkline::stacks {
namespace {

using testing::HasSubstr;
using testing::Not;

class Roles : public testing::Test {
 protected:
  json::Value Make(std::string_view environment = "dev") {
    return MakeRoles(center_, EnvironmentOf(center_, environment)).ToJson();
  }

  std::string Default(const json::Value& document, std::string_view parameter) {
    const json::Object& parameters = document.AsObject().GetObject("Parameters");
    return std::string(parameters.At(parameter).AsObject().GetString("Default"));
  }

  std::string Trust(const json::Value& document, std::string_view role) {
    return json::Write(PropertiesOf(document, role).At("AssumeRolePolicyDocument"));
  }

  center::Center center_ = Acme();
};

TEST_F(Roles, AreNamedAfterTheEnvironment) {
  const json::Value document = Make();

  EXPECT_EQ(Default(document, "pEnvironment"), "dev");
  EXPECT_EQ(Default(document, "pToolingAcountId"), "444444444444");
  EXPECT_EQ(json::Write(PropertiesOf(document, "DeployRole").At("RoleName")),
            R"({"Fn::Sub":"trunkline-deploy-${pEnvironment}"})");
  EXPECT_EQ(json::Write(PropertiesOf(document, "StackRole").At("RoleName")),
            R"({"Fn::Sub":"trunkline-cfn-${pEnvironment}"})");
  EXPECT_EQ(json::Write(PropertiesOf(document, "OperatorRole").At("RoleName")),
            R"({"Fn::Sub":"trunkline-operator-${pEnvironment}"})");
}

// CodePipeline cannot send an external id (aws-platform facts, 3.4).
TEST_F(Roles, LetThePipelinesOfTheEnvironmentDeployWithoutAnExternalId) {
  const std::string trust = Trust(Make(), "DeployRole");

  EXPECT_THAT(trust, HasSubstr("role/trunkline/trunkline-pipeline-deliver-${pEnvironment}"));
  EXPECT_THAT(trust, Not(HasSubstr("ExternalId")));
}

TEST_F(Roles, AskOperatorsForTheExternalId) {
  const std::string trust = Trust(Make(), "OperatorRole");

  EXPECT_THAT(trust, HasSubstr(R"("sts:ExternalId":{"Ref":"pExternalId"})"));
  EXPECT_THAT(trust, HasSubstr("role/trunkline/trunkline-build-deliver-${pEnvironment}"));
}

TEST_F(Roles, HaveAnotherExternalIdForEachEnvironment) {
  EXPECT_NE(Default(Make("dev"), "pExternalId"), Default(Make("prod"), "pExternalId"));
}

TEST_F(Roles, MakeRolesWithinTheBoundaryOnly) {
  for (const FoundStatement& found : StatementsOf(Make())) {
    if (found.statement.GetString("Effect") != "Allow") continue;
    const std::string actions = json::Write(found.statement.At("Action"));
    if (actions.find("iam:CreateRole") == std::string::npos) continue;
    EXPECT_THAT(json::Write(found.statement.At("Condition")),
                HasSubstr(R"("iam:PermissionsBoundary":{"Fn::Sub":)"))
        << found.where;
  }
}

TEST_F(Roles, KeepCloudFormationFromChangingTheBoundaryAndTheRoles) {
  const std::string policy = PolicyOf(Make(), "StackRole");

  EXPECT_THAT(policy, HasSubstr(R"("Sid":"KeepBoundaries","Effect":"Deny")"));
  EXPECT_THAT(policy, HasSubstr(R"("Sid":"KeepTheBoundary","Effect":"Deny")"));
  EXPECT_THAT(policy, HasSubstr(R"(role/trunkline/trunkline-*"},)"));
}

TEST_F(Roles, NeverLetAStackReplaceAnInstance) {
  EXPECT_THAT(
      PolicyOf(Make(), "StackRole"),
      HasSubstr(R"("Sid":"KeepInstances","Effect":"Deny","Action":["connect:CreateInstance")"));
}

TEST_F(Roles, PassOneRoleToCloudFormationAlone) {
  EXPECT_THAT(
      PolicyOf(Make(), "DeployRole"),
      HasSubstr(R"(role/trunkline/trunkline-cfn-${pEnvironment}"},"Condition":)"
                R"({"StringEquals":{"iam:PassedToService":"cloudformation.amazonaws.com"}})"));
}

TEST_F(Roles, MakeTheBoundaryOnceInAnAccount) {
  center_.environments[1].account = center_.environments[0].account;

  EXPECT_EQ(Default(Make("dev"), "pMakeBoundary"), "true");
  EXPECT_EQ(Default(Make("staging"), "pMakeBoundary"), "false");
}

TEST_F(Roles, AreAStackSetForAllAccounts) {
  const json::Value document = MakeRolesStackSet(center_).ToJson();

  const json::Object& properties = PropertiesOf(document, "Roles");
  EXPECT_EQ(properties.GetString("PermissionModel"), "SELF_MANAGED");
  EXPECT_EQ(properties.GetArray("StackInstancesGroup").size(), 3U);
  EXPECT_LT(properties.GetString("TemplateBody").size(), 51200U);
  EXPECT_THAT(json::Write(properties.GetArray("StackInstancesGroup")[2]),
              HasSubstr(R"({"ParameterKey":"pEnvironment","ParameterValue":"prod"})"));
}

}  // namespace
}  // namespace trunkline::stacks
