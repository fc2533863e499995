// Flows and modules that left the monorepo.
#include "deploy/gone.h"

#include <gmock/gmock.h>

#include "deploy/mapping.h"
#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class GoneTest : public DeployTest {
 protected:
  GoneTest() {
    HaveInstance();
    BringOwnMapping();
  }
  LiveResource& Delivered(std::string_view kind, std::string_view name) {
    LiveResource& flow = Have(kind, name, "some hash");
    flow.tags.emplace(kManagedTag, "true");
    if (kind == "flow") flow.body.Set("Type", "CONTACT_FLOW");
    return flow;
  }
  Plan Prune(std::string_view project = "contact-flows") {
    PlanOptions options;
    options.project = project;
    options.prune = true;
    return deploy::MakePlan(target(), live, std::move(options));
  }
};

TEST_F(GoneTest, FlowsStayUnlessItIsAskedFor) {
  Delivered("flow", "Old");

  EXPECT_THAT(MakePlan("contact-flows").changes, IsEmpty());
}

TEST_F(GoneTest, FlowsAreSetAside) {
  Delivered("flow", "Old");

  const Plan plan = Prune();

  ASSERT_THAT(Ids(plan.changes), ElementsAre("flow:Old"));
  EXPECT_EQ(plan.changes.front().action, Action::kSetAside);
  EXPECT_EQ(plan.changes.front().other_name, "z_Old");
  EXPECT_TRUE(Apply(plan).ok());
  EXPECT_THAT(aws.operations(), ElementsAre("connect:UpdateContactFlowMetadata"));
  EXPECT_EQ(aws.Inputs("connect:UpdateContactFlowMetadata").front().GetString("Name"), "z_Old");
  EXPECT_THAT(Prune().changes, IsEmpty());
}

TEST_F(GoneTest, FlowsAreArchivedWhenTheCenterSaysSo) {
  center.settings.gone_flows = center::GoneFlows::kArchive;
  Delivered("flow", "Old");

  EXPECT_TRUE(Apply(Prune()).ok());

  const json::Object input = aws.Inputs("connect:UpdateContactFlowMetadata").front();
  EXPECT_EQ(input.GetString("ContactFlowState"), "ARCHIVED");
  EXPECT_FALSE(input.Has("Name"));
  EXPECT_THAT(Prune().changes, IsEmpty());
}

TEST_F(GoneTest, ModulesGoTheSameWay) {
  Delivered("module", "Old");
  center.settings.gone_flows = center::GoneFlows::kArchive;

  EXPECT_TRUE(Apply(Prune("contact-flows")).ok());

  EXPECT_EQ(aws.Inputs("connect:UpdateContactFlowModuleMetadata").front().GetString("State"),
            "ARCHIVED");
}

TEST_F(GoneTest, WhatOthersMadeIsNotTouched) {
  Have("flow", "Default customer queue");
  Delivered("flow", "Theirs").tags.emplace(kStackTag, "their-stack");

  EXPECT_THAT(Prune().changes, IsEmpty());
}

TEST_F(GoneTest, OtherProjectsDoNotPruneFlows) {
  Delivered("flow", "Old");

  EXPECT_THAT(Prune("lambdas").changes, IsEmpty());
}

TEST_F(GoneTest, ANameThatIsTakenGetsANumber) {
  Delivered("flow", "Old");
  Delivered("flow", "z_Old");

  EXPECT_EQ(Prune().changes.front().other_name, "z_Old_2");
}

TEST_F(GoneTest, ObjectsAreDeletedAfterEverythingElse) {
  AddFlow("Main", QuietFlow());
  for (const std::string_view kind : {"queue", "hours", "prompt"}) Delivered(kind, "Old");
  Have("queue", "BasicQueue");

  const Plan plan = Prune("");

  EXPECT_EQ(plan.Find("queue:Old")->action, Action::kDelete);
  EXPECT_THAT(plan.Find("queue:Old")->after, ::testing::IsSupersetOf({"flow:Main", "prompt:Old"}));
  EXPECT_THAT(plan.Find("hours:Old")->after, ::testing::Contains("queue:Old"));
  EXPECT_EQ(plan.Find("queue:BasicQueue"), nullptr);
  EXPECT_THAT(Prune("contact-flows").Find("queue:Old"), nullptr);
}

TEST_F(GoneTest, DeletingAQueueNamesItById) {
  Delivered("queue", "Old");

  EXPECT_TRUE(Apply(Prune("instance")).failed.empty());

  EXPECT_EQ(aws.Inputs("connect:DeleteQueue").front().GetString("QueueId"), "id-of-Old");
}

TEST_F(GoneTest, AFlowThatComesBackTakesTheOneThatWasSetAside) {
  Delivered("flow", "z_Main");
  AddFlow("Main", QuietFlow());

  EXPECT_TRUE(Apply(MakePlan("contact-flows")).ok());

  EXPECT_THAT(aws.Inputs("connect:CreateContactFlow"), IsEmpty());
  const json::Object renamed = aws.Inputs("connect:UpdateContactFlowMetadata").front();
  EXPECT_EQ(renamed.GetString("Name"), "Main");
  EXPECT_EQ(renamed.GetString("ContactFlowId"), "id-of-z_Main");
  EXPECT_THAT(aws.Inputs("connect:UpdateContactFlowContent"), SizeIs(1));
}

TEST_F(GoneTest, AFlowOfAnotherTypeIsNotTakenBack) {
  Delivered("flow", "z_Main").body.Set("Type", "CUSTOMER_QUEUE");
  AddFlow("Main", QuietFlow());

  Apply(MakePlan("contact-flows"));

  EXPECT_THAT(aws.Inputs("connect:CreateContactFlow"), SizeIs(1));
}

TEST_F(GoneTest, AnArchivedFlowThatComesBackIsActiveAgain) {
  AddFlow("Main", QuietFlow());
  Delivered("flow", "Main").body.Set("State", "ARCHIVED");

  const Plan plan = MakePlan("contact-flows");

  EXPECT_EQ(plan.changes.at(0).why, "is archived");
  EXPECT_TRUE(Apply(plan).ok());
  EXPECT_EQ(aws.Inputs("connect:UpdateContactFlowMetadata").front().GetString("ContactFlowState"),
            "ACTIVE");
}

TEST_F(GoneTest, TheMapIsTheSameBeforeAndAfterAFlowIsSetAside) {
  Delivered("flow", "Old");
  Have("flow", "z_default");  // somebody else's
  const json::Object before = MapOf(target(), live);

  Apply(Prune());

  EXPECT_EQ(MapOf(target(), live), before);
  EXPECT_TRUE(before.Has("z_default"));
  EXPECT_FALSE(before.Has("Old"));
}

}  // namespace
}  // namespace trunkline::deploy::tests
