// Planning flows and modules: stubs first, then contents linked against what will be there.
#include <gmock/gmock.h>

#include "base/text.h"
#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class PlanFlows : public DeployTest {
 protected:
  PlanFlows() {
    HaveInstance();
    BringOwnMapping();
  }
  // What a delivery of the flow records, put where the next run reads it.
  void Deliver(std::string_view name, std::string_view service_hash = {}) {
    const json::Object described{
        {"ContactFlow", json::Object{{"FlowContentSha256", service_hash}}}};
    aws.On("connect:DescribeContactFlow", described);
    Have("flow", name);
    aws.Forget();
    ApplyOne("flow", name, Action::kUpdate);
    LiveResource& flow = Have("flow", name);
    flow.tags = ReadTags(aws.Inputs("connect:TagResource").at(0).GetObject("tags"));
    flow.body.Set("FlowContentSha256", service_hash);
    flow.body.Set("Type", "CONTACT_FLOW");
  }
};

TEST_F(PlanFlows, MakeAMissingFlowAsAStubFirst) {
  AddFlow("Main", QuietFlow());

  const Plan plan = MakePlan();

  EXPECT_TRUE(plan.Find("flow stub:Main")->internal);
  EXPECT_EQ(plan.Find("flow:Main")->action, Action::kCreate);
  EXPECT_THAT(plan.Find("flow:Main")->after, ElementsAre("flow stub:Main"));
}

TEST_F(PlanFlows, CountAStubAndItsContentAsOne) {
  AddFlow("Main", QuietFlow());

  EXPECT_EQ(MakePlan("contact-flows").CountShown(), 1U);
}

TEST_F(PlanFlows, LeaveAFlowThatIsAsWanted) {
  AddFlow("Main", QuietFlow());
  Deliver("Main", "abc");

  EXPECT_THAT(MakePlan("contact-flows").changes, IsEmpty());
}

TEST_F(PlanFlows, UpdateAFlowWhoseContentDiffers) {
  AddFlow("Main", QuietFlow());
  Deliver("Main", "abc");
  center.flows.clear();
  Have("queue", "Sales");
  AddFlow("Main", QueueFlow("Sales"));

  const Plan plan = MakePlan("contact-flows");

  ASSERT_NE(plan.Find("flow:Main"), nullptr);
  EXPECT_EQ(plan.Find("flow:Main")->action, Action::kUpdate);
  EXPECT_EQ(plan.Find("flow:Main")->why, "differs");
}

TEST_F(PlanFlows, UpdateAFlowWhoseQueueIsAnotherNow) {
  Have("queue", "Sales");
  AddFlow("Main", QueueFlow("Sales"));
  Deliver("Main", "abc");
  Have("queue", "Sales").arn = std::string(kInstanceArn) + "/queue/made-anew";

  EXPECT_EQ(MakePlan("contact-flows").changes.at(0).why, "differs");
}

TEST_F(PlanFlows, UpdateAFlowThatSomebodyEdited) {
  AddFlow("Main", QuietFlow());
  Deliver("Main", "abc");
  live.resources.find("flow")->second.at("Main").body.Set("FlowContentSha256", "edited");

  EXPECT_EQ(MakePlan("contact-flows").changes.at(0).why, "was changed since it was delivered");
}

TEST_F(PlanFlows, UpdateAFlowWhoseTagsDiffer) {
  AddFlow("Main", QuietFlow());
  Deliver("Main", "abc");
  center.flows.front().tags.emplace_back("team", "blue");

  EXPECT_EQ(MakePlan("contact-flows").changes.at(0).why, "its tags differ");
}

TEST_F(PlanFlows, FinishAStubThatAnInterruptedRunLeft) {
  AddFlow("Main", QuietFlow());
  Have("flow", "Main").tags.emplace(kManagedTag, "true");

  const Plan plan = MakePlan("contact-flows");

  EXPECT_THAT(Ids(plan.changes), ElementsAre("flow:Main"));
  EXPECT_EQ(plan.changes.front().why, "not applied completely before");
}

TEST_F(PlanFlows, RefuseAFlowOfAnotherType) {
  AddFlow("Main", QuietFlow());
  Have("flow", "Main").body.Set("Type", "CUSTOMER_QUEUE");

  const Plan plan = MakePlan("contact-flows");

  EXPECT_THAT(Codes(plan.findings), ElementsAre("TL-D002"));
  EXPECT_EQ(plan.findings.front().message,
            "flow 'Main' is a CONTACT_FLOW here, but the instance has a CUSTOMER_QUEUE of that "
            "name");
  EXPECT_EQ(plan.findings.front().place.file, "flow.json");
}

// ---- what is named

TEST_F(PlanFlows, WaitForTheQueueTheyName) {
  AddQueue("Sales");
  AddFlow("Main", QueueFlow("Sales"));

  const Plan plan = MakePlan();

  EXPECT_THAT(plan.findings, IsEmpty());
  EXPECT_THAT(plan.Find("flow:Main")->after, UnorderedElementsAre("queue:Sales", "flow stub:Main"));
}

TEST_F(PlanFlows, WaitForPermissionToCallTheFunctionTheyName) {
  AddFunction("lookup");
  AddFlow("Main", NamingFlow("InvokeLambdaFunction", "LambdaFunctionARN", "${lambda:lookup}"));

  EXPECT_THAT(MakePlan().Find("flow:Main")->after, Contains("function association:lookup"));
}

TEST_F(PlanFlows, ThatNameEachOtherWaitForStubsOnly) {
  AddFlow("Ping", NamingFlow("TransferToFlow", "ContactFlowId", "${flow:Pong}"));
  AddFlow("Pong", NamingFlow("TransferToFlow", "ContactFlowId", "${flow:Ping}"));

  const Plan plan = MakePlan();

  EXPECT_THAT(plan.findings, IsEmpty());
  EXPECT_THAT(plan.Find("flow:Ping")->after,
              UnorderedElementsAre("flow stub:Ping", "flow stub:Pong"));
}

TEST_F(PlanFlows, ArePlannedWhileWhatTheyNameIsPending) {
  AddFlow("Main", QueueFlow("Sales"));
  Have("queue", "Sales");
  Deliver("Main", "abc");
  live.resources.erase("queue");
  AddQueue("Sales");

  EXPECT_NE(MakePlan().Find("flow:Main"), nullptr);
}

TEST_F(PlanFlows, RefuseANameThatNobodyDeclares) {
  AddFlow("Main", QueueFlow("Sales"));

  const Plan plan = MakePlan();

  EXPECT_THAT(Codes(plan.findings), Contains("TL-F301"));
  EXPECT_THAT(plan.findings.front().message, HasSubstr("Sales"));
  EXPECT_EQ(plan.Find("flow:Main"), nullptr);
}

TEST_F(PlanFlows, MayNameWhatANewInstanceBrings) {
  live.resources.erase("instance");
  AddFlow("Main",
          NamingFlow("CheckHoursOfOperation", "HoursOfOperationId", "${hours:Basic Hours}"));

  EXPECT_THAT(MakePlan().findings, IsEmpty());
}

TEST_F(PlanFlows, MayNameWhatAnInstanceBringsThatIsStillBeingMade) {
  HaveInstance("CREATION_IN_PROGRESS");
  AddFlow("Main",
          NamingFlow("CheckHoursOfOperation", "HoursOfOperationId", "${hours:Basic Hours}"));

  EXPECT_THAT(MakePlan().findings, IsEmpty());
}

TEST_F(PlanFlows, WaitForTheWholeModuleTheyInvoke) {
  AddModule("Greet", QuietFlow());
  AddFlow("Main", NamingFlow("InvokeFlowModule", "FlowModuleId", "${module:Greet}"));

  const Plan plan = MakePlan();

  EXPECT_THAT(plan.Find("flow:Main")->after,
              UnorderedElementsAre("module:Greet", "flow stub:Main"));
  EXPECT_THAT(plan.Find("module:Greet")->after, ElementsAre("module stub:Greet"));
}

TEST_F(DeployTest, InAttributeModeFlowsWaitForTheMap) {
  HaveInstance();
  center.settings.link_mode = center::LinkMode::kAttribute;
  AddQueue("Sales");
  AddFlow("Main", QueueFlow("Sales"));

  const Plan plan = MakePlan();

  EXPECT_THAT(plan.Find("flow:Main")->after,
              IsSupersetOf({"mapping:mapping", "function association:mapping", "queue:Sales"}));
}

}  // namespace
}  // namespace trunkline::deploy::tests
