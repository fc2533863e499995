// Failures: after any of them the stack is in the documented state, and its resources are as
// before.
#include <fmt/format.h>

#include "cloud/services/cloudformation/stacks/records.h"
#include "tests/cloud/cloudformation/stack_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

// Parameter Store refuses this name: the creation fails.
constexpr std::string_view kRefused = "aws-refused";

class Rollbacks : public StackTest {};

TEST_F(Rollbacks, OfACreationDeletesWhatWasMade) {
  const std::string body = Template({{"A", Parameter("/a", "1")},
                                     {"Bad", Parameter(kRefused, "1", {{"DependsOn", "A"}})},
                                     {"Never", Parameter("/n", "1", {{"DependsOn", "Bad"}})}});

  EXPECT_EQ(Create("acme", body), "ROLLBACK_COMPLETE");

  EXPECT_THAT(ParameterStore(), IsEmpty());
  EXPECT_THAT(Events("acme"),
              ElementsAre("stack CREATE_IN_PROGRESS", "A CREATE_IN_PROGRESS",
                          "A CREATE_IN_PROGRESS", "A CREATE_COMPLETE", "Bad CREATE_IN_PROGRESS",
                          "Bad CREATE_FAILED", "stack ROLLBACK_IN_PROGRESS", "Bad DELETE_COMPLETE",
                          "A DELETE_IN_PROGRESS", "A DELETE_COMPLETE", "stack ROLLBACK_COMPLETE"));
  EXPECT_EQ(Reason("acme", "acme", "ROLLBACK_IN_PROGRESS"),
            "The following resource(s) failed to create: [Bad]. Rollback requested by user.");
  EXPECT_THAT(Reason("acme", "Bad", "CREATE_FAILED"),
              StartsWith("Resource handler returned message: \""));
}

TEST_F(Rollbacks, OfACreationLeaveAStackThatCanOnlyBeDeleted) {
  Create("acme", Template({{"Bad", Parameter(kRefused, "1")}}));

  EXPECT_THAT(
      Ask("cloudformation", "UpdateStack",
          {{"StackName", "acme"}, {"TemplateBody", Template({{"A", Parameter("/a", "1")}})}}),
      Fails(400, "ValidationError",
            HasSubstr("is in ROLLBACK_COMPLETE state and can not be updated.")));
  EXPECT_EQ(Delete("acme"), "DELETE_COMPLETE");
}

TEST_F(Rollbacks, MayBeSwitchedOff) {
  const std::string body = Template(
      {{"A", Parameter("/a", "1")}, {"Bad", Parameter(kRefused, "1", {{"DependsOn", "A"}})}});

  EXPECT_EQ(Create("acme", body, {{"OnFailure", "DO_NOTHING"}}), "CREATE_FAILED");
  EXPECT_THAT(ParameterStore(), ElementsAre("/a=1"));
  EXPECT_EQ(Update("acme", Template({{"A", Parameter("/a", "1")}, {"Bad", Parameter("/b", "1")}})),
            "UPDATE_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/a=1", "/b=1"));
}

TEST_F(Rollbacks, ACreationMayDeleteItsStackInstead) {
  const json::Object made = Do("cloudformation", "CreateStack",
                               {{"StackName", "acme"},
                                {"OnFailure", "DELETE"},
                                {"TemplateBody", Template({{"Bad", Parameter(kRefused, "1")}})}});
  Advance(std::chrono::seconds(1));

  EXPECT_EQ(Status(made.GetString("StackId")), "DELETE_COMPLETE");
}

TEST_F(Rollbacks, AnUnknownPropertyFailsItsResource) {
  Create("acme", Template({{"A", json::Object{{"Type", "AWS::SSM::Parameter"},
                                              {"Properties", json::Object{{"Type", "String"},
                                                                          {"Value", "1"},
                                                                          {"Nope", "1"}}}}}}));

  EXPECT_EQ(Reason("acme", "A", "CREATE_FAILED"),
            "Properties validation failed for resource AWS::SSM::Parameter with message: "
            "#: extraneous key [Nope] is not permitted");
}

TEST_F(Rollbacks, NoneIsNeededForANumberWhereATextIsMeant) {
  EXPECT_EQ(Create("acme", Template({{"A", Parameter("/a", 30)}})), "CREATE_COMPLETE");
  EXPECT_EQ(Update("acme", Template({{"A", Parameter("/a", true)}})), "UPDATE_COMPLETE");

  EXPECT_THAT(ParameterStore(), ElementsAre("/a=true"));
}

// Five resources, of which an update changes, replaces, adds and removes; each of them fails once.
class FailedUpdates : public StackTest, public ::testing::WithParamInterface<int> {
 protected:
  // `broken` is the number of the resource that fails; -1: none.
  std::string After(int broken) {
    const auto value = [&](int number) {
      // Larger than Parameter Store takes.
      return number == broken ? std::string(9000, 'x') : std::string("2");
    };
    const json::Object needs_updated{{"DependsOn", "Updated"}};
    return Template({{"Kept", Parameter("/kept", "1")},
                     {"Updated", Parameter("/updated", value(0))},
                     {"Replaced", Parameter("/replaced-new", value(1), needs_updated)},
                     {"Added", Parameter("/added", value(2), needs_updated)},
                     {"Last", Parameter("/last", value(3), {{"DependsOn", "Replaced"}})}});
  }
  static std::string Before() {
    return Template({{"Kept", Parameter("/kept", "1")},
                     {"Updated", Parameter("/updated", "1")},
                     {"Replaced", Parameter("/replaced", "1")},
                     {"Removed", Parameter("/removed", "1")},
                     {"Last", Parameter("/last", "1", {{"DependsOn", "Replaced"}})}});
  }
};

TEST_P(FailedUpdates, LeaveEverythingAsItWas) {
  Create("acme", Before());
  const std::vector<std::string> before = ParameterStore();

  EXPECT_EQ(Update("acme", After(GetParam())), "UPDATE_ROLLBACK_COMPLETE");

  EXPECT_EQ(ParameterStore(), before);
  EXPECT_THAT(
      Ask("cloudformation", "UpdateStack", {{"StackName", "acme"}, {"TemplateBody", Before()}}),
      Fails(400, "ValidationError", "No updates are to be performed."));
  EXPECT_EQ(Update("acme", After(-1)), "UPDATE_COMPLETE");
  EXPECT_THAT(ParameterStore(),
              ElementsAre("/added=2", "/kept=1", "/last=2", "/replaced-new=2", "/updated=2"));
}
INSTANTIATE_TEST_SUITE_P(EachResource, FailedUpdates, ::testing::Range(0, 4));

TEST_F(Rollbacks, OfAnUpdateMayBeSwitchedOffAndDoneLater) {
  Create("acme", Template({{"A", Parameter("/a", "1")}, {"B", Parameter("/b", "1")}}));
  const std::string broken =
      Template({{"A", Parameter("/a", "2")},
                {"B", Parameter("/b", std::string(9000, 'x'), {{"DependsOn", "A"}})}});

  EXPECT_EQ(Update("acme", broken, {{"DisableRollback", true}}), "UPDATE_FAILED");
  EXPECT_THAT(ParameterStore(), ElementsAre("/a=2", "/b=1"));
  Do("cloudformation", "RollbackStack", {{"StackName", "acme"}});
  Advance(std::chrono::seconds(1));

  EXPECT_EQ(Status("acme"), "UPDATE_ROLLBACK_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/a=1", "/b=1"));
}

TEST_F(Rollbacks, ThatFailAreContinued) {
  Create("acme", Template({{"A", Parameter("/a", "1")}, {"B", Parameter("/b", "1")}}));
  // A is taken away behind the stack's back, and its way back is not possible.
  const std::string broken =
      Template({{"A", Parameter("/a", "2")},
                {"B", Parameter("/b", std::string(9000, 'x'), {{"DependsOn", "A"}})}});
  Update("acme", broken, {{"DisableRollback", true}});
  Do("ssm", "DeleteParameter", {{"Name", "/a"}});
  Do("ssm", "PutParameter", {{"Name", "/a"}, {"Value", "2"}, {"Type", "StringList"}});

  Do("cloudformation", "RollbackStack", {{"StackName", "acme"}});
  Advance(std::chrono::seconds(1));
  EXPECT_EQ(Status("acme"), "UPDATE_ROLLBACK_FAILED");
  Do("cloudformation", "ContinueUpdateRollback",
     {{"StackName", "acme"}, {"ResourcesToSkip", json::Array{"A"}}});
  Advance(std::chrono::seconds(1));

  EXPECT_EQ(Status("acme"), "UPDATE_ROLLBACK_COMPLETE");
}

// What is in the store when the cloud is killed between the making of a parameter and its end.
TEST_F(Rollbacks, WhatAKillInterruptedIsDeletedWithTheRest) {
  using namespace cloudformation;  // NOLINT(google-build-using-namespace)
  Do("ssm", "PutParameter", {{"Name", "/a"}, {"Value", "1"}, {"Type", "String"}});
  Do("cloudformation", "CreateStack",
     {{"StackName", "acme"}, {"TemplateBody", Template({{"A", Parameter("/a", "1")}})}});
  const Scope scope{account(), region()};
  const std::string id(Stack("acme").GetString("StackId"));
  const std::string operation(store().Find(scope, kStack, id)->body.GetString("Operation"));
  json::Object pending{
      {"Operation", operation}, {"Action", "create"}, {"Token", "t"}, {"Created", "/a"}};
  json::Object body{{"LogicalResourceId", "A"},
                    {"ResourceType", "AWS::SSM::Parameter"},
                    {"ResourceStatus", "CREATE_IN_PROGRESS"},
                    {"Stable", nullptr},
                    {"Pending", std::move(pending)}};
  const auto put = store().Transact([&] {
    store().Put(scope, kResource,
                {.id = ResourceId(id, "A"), .parent = id, .name = "A", .body = body});
    return true;
  });
  ASSERT_TRUE(put.ok());

  Restart();
  Advance(std::chrono::seconds(1));

  EXPECT_EQ(Status("acme"), "ROLLBACK_COMPLETE");
  EXPECT_THAT(Reason("acme", "A", "CREATE_FAILED"), HasSubstr("was interrupted"));
  EXPECT_THAT(ParameterStore(), IsEmpty());
}

TEST_F(Rollbacks, ResourcesAreRetainedOnlyAfterADeletionThatFailed) {
  Create("one", Template({{"A", Parameter("/a", "1")}}));
  EXPECT_THAT(Ask("cloudformation", "DeleteStack",
                  {{"StackName", "one"}, {"RetainResources", json::Array{"A"}}}),
              Fails(400, "ValidationError", HasSubstr("DELETE_FAILED state")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
