#include <fmt/format.h>

#include "tests/cloud/cloudformation/stack_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kOther = "222233334444";

class StackSets : public StackTest {
 protected:
  void PutRole(std::string_view name, std::string_view principal) {
    const std::string trust =
        fmt::format(R"({{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{},)"
                    R"("Action":"sts:AssumeRole"}}]}})",
                    principal);
    Do("iam", "CreateRole", {{"RoleName", name}, {"AssumeRolePolicyDocument", trust}});
  }
  void PutRoles() {
    const std::string home = account();
    PutRole("AWSCloudFormationStackSetAdministrationRole",
            R"({"Service":"cloudformation.amazonaws.com"})");
    UseAccount(std::string(kOther));
    PutRole("AWSCloudFormationStackSetExecutionRole", fmt::format(R"({{"AWS":"{}"}})", home));
    UseAccount(home);
  }
  std::string Run(std::string_view operation, json::Object input) {
    input.Set("StackSetName", "set");
    const std::string id(Do("cloudformation", operation, input).GetString("OperationId"));
    Advance(std::chrono::seconds(5));
    return std::string(Do("cloudformation", "DescribeStackSetOperation",
                          {{"StackSetName", "set"}, {"OperationId", id}})
                           .GetObject("StackSetOperation")
                           .GetString("Status"));
  }
  static json::Object There() {
    return {{"Accounts", json::Array{kOther}}, {"Regions", json::Array{"eu-central-1"}}};
  }
  std::vector<std::string> OtherStore() {
    const std::string home = account();
    UseAccount(std::string(kOther));
    const std::vector<std::string> found = ParameterStore();
    UseAccount(home);
    return found;
  }
  static json::Object SetResource(json::Array regions, std::string_view value) {
    const std::string body = Template({{"A", Parameter("/a", value)}});
    json::Object group{{"DeploymentTargets", json::Object{{"Accounts", json::Array{kOther}}}},
                       {"Regions", std::move(regions)}};
    json::Object properties{{"StackSetName", "set"},
                            {"PermissionModel", "SELF_MANAGED"},
                            {"TemplateBody", body},
                            {"StackInstancesGroup", json::Array{std::move(group)}}};
    return {{"Type", "AWS::CloudFormation::StackSet"}, {"Properties", std::move(properties)}};
  }
};

TEST_F(StackSets, MakeUpdateAndDeleteStacksInOtherAccounts) {
  PutRoles();
  Do("cloudformation", "CreateStackSet",
     {{"StackSetName", "set"}, {"TemplateBody", Template({{"A", Parameter("/a", "1")}})}});

  EXPECT_EQ(Run("CreateStackInstances", There()), "SUCCEEDED");
  EXPECT_THAT(OtherStore(), ElementsAre("/a=1"));
  EXPECT_EQ(Run("UpdateStackSet", {{"TemplateBody", Template({{"A", Parameter("/a", "2")}})}}),
            "SUCCEEDED");
  EXPECT_THAT(OtherStore(), ElementsAre("/a=2"));
  Restart();
  EXPECT_THAT(Ask("cloudformation", "DeleteStackSet", {{"StackSetName", "set"}}),
              Fails(409, "StackSetNotEmptyException", "StackSet is not empty"));
  json::Object input = There();
  input.Set("RetainStacks", false);
  EXPECT_EQ(Run("DeleteStackInstances", input), "SUCCEEDED");
  EXPECT_THAT(OtherStore(), IsEmpty());
  EXPECT_THAT(Ask("cloudformation", "DeleteStackSet", {{"StackSetName", "set"}}), Succeeds());
}

TEST_F(StackSets, AreResourcesOfAStack) {
  PutRoles();
  const auto regions = [&] {
    std::vector<std::string> found;
    const json::Object listed =
        Do("cloudformation", "ListStackInstances", {{"StackSetName", "set"}});
    for (const json::Value& one : listed.GetArray("Summaries"))
      found.emplace_back(one.AsObject().GetString("Region"));
    return found;
  };

  EXPECT_EQ(Create("roles", Template({{"Set", SetResource({"eu-central-1", "us-east-1"}, "1")}})),
            "CREATE_COMPLETE");
  EXPECT_THAT(regions(), ElementsAre("eu-central-1", "us-east-1"));
  EXPECT_THAT(OtherStore(), ElementsAre("/a=1"));
  EXPECT_EQ(Update("roles", Template({{"Set", SetResource({"eu-central-1"}, "2")}})),
            "UPDATE_COMPLETE");
  EXPECT_THAT(regions(), ElementsAre("eu-central-1"));
  EXPECT_EQ(Delete("roles"), "DELETE_COMPLETE");
  EXPECT_THAT(Ask("cloudformation", "DescribeStackSet", {{"StackSetName", "set"}}),
              Fails(404, "StackSetNotFoundException", HasSubstr("set")));
  EXPECT_THAT(OtherStore(), IsEmpty());
}

TEST_F(StackSets, ThatCannotBeMadeAreRolledBack) {
  const std::string body = Template({{"A", Parameter("/a", "1")}});
  const json::Object group{{"DeploymentTargets", json::Object{{"Accounts", json::Array{kOther}}}},
                           {"Regions", json::Array{"eu-central-1"}}};
  const json::Object set{{"Type", "AWS::CloudFormation::StackSet"},
                         {"Properties", json::Object{{"StackSetName", "set"},
                                                     {"PermissionModel", "SELF_MANAGED"},
                                                     {"TemplateBody", body},
                                                     {"StackInstancesGroup", json::Array{group}}}}};

  EXPECT_EQ(Create("app", Template({{"Set", set}})), "ROLLBACK_COMPLETE");
  EXPECT_THAT(Reason("app", "Set", "CREATE_FAILED"),
              HasSubstr("AWSCloudFormationStackSetAdministrationRole"));
  EXPECT_THAT(Ask("cloudformation", "DescribeStackSet", {{"StackSetName", "set"}}),
              Fails(404, "StackSetNotFoundException", HasSubstr("set")));
}

TEST_F(StackSets, NameTheRoleThatIsMissing) {
  Do("cloudformation", "CreateStackSet",
     {{"StackSetName", "set"}, {"TemplateBody", Template({{"A", Parameter("/a", "1")}})}});

  EXPECT_EQ(Run("CreateStackInstances", There()), "FAILED");

  const json::Object listed = Do("cloudformation", "ListStackInstances", {{"StackSetName", "set"}});
  EXPECT_THAT(std::string(listed.GetArray("Summaries")[0].AsObject().GetString("StatusReason")),
              HasSubstr("should have 'AWSCloudFormationStackSetAdministrationRole' role"));
}

TEST_F(StackSets, AreDriftedWhereAStackIs) {
  PutRoles();
  Do("cloudformation", "CreateStackSet",
     {{"StackSetName", "set"}, {"TemplateBody", Template({{"A", Parameter("/a", "1")}})}});
  Run("CreateStackInstances", There());
  const std::string home = account();
  UseAccount(std::string(kOther));
  Do("ssm", "PutParameter", {{"Name", "/a"}, {"Value", "other"}, {"Overwrite", true}});
  UseAccount(home);

  EXPECT_EQ(Run("DetectStackSetDrift", {}), "SUCCEEDED");

  const json::Object set = Do("cloudformation", "DescribeStackSet", {{"StackSetName", "set"}});
  const json::Object& details =
      set.GetObject("StackSet").GetObject("StackSetDriftDetectionDetails");
  EXPECT_EQ(details.GetString("DriftDetectionStatus"), "COMPLETED");
  EXPECT_EQ(details.GetString("DriftStatus"), "DRIFTED");
  EXPECT_EQ(details.GetInt("TotalStackInstancesCount"), 1);
  EXPECT_EQ(details.GetInt("DriftedStackInstancesCount"), 1);
  const json::Object listed = Do("cloudformation", "ListStackInstances", {{"StackSetName", "set"}});
  const json::Object& instance = listed.GetArray("Summaries")[0].AsObject();
  EXPECT_EQ(instance.GetString("DriftStatus"), "DRIFTED");
  const json::Object drifts = Do("cloudformation", "ListStackInstanceResourceDrifts",
                                 {{"StackSetName", "set"},
                                  {"StackInstanceAccount", kOther},
                                  {"StackInstanceRegion", "eu-central-1"},
                                  {"OperationId", instance.GetString("LastOperationId")}});
  ASSERT_EQ(drifts.GetArray("Summaries").size(), 1U);
  EXPECT_EQ(drifts.GetArray("Summaries")[0].AsObject().GetString("LogicalResourceId"), "A");
  EXPECT_EQ(instance.GetString("Status"), "CURRENT");
}

TEST_F(StackSets, AreUnknownByTheirOwnError) {
  EXPECT_THAT(Ask("cloudformation", "DescribeStackSet", {{"StackSetName", "no"}}),
              Fails(404, "StackSetNotFoundException", "StackSet no not found"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
