// What every plan has in common: order, projects, the instance it is for. Kinds are in
// plan_kinds_test.cpp, flows in plan_flows_test.cpp.
#include "deploy/plan.h"

#include <gmock/gmock.h>

#include "deploy/resource.h"
#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class PlanTest : public DeployTest {
 protected:
  PlanTest() { BringOwnMapping(); }
};

// The position of a change in the plan.
std::ptrdiff_t PositionOf(const Plan& plan, std::string_view id) {
  return plan.Find(id) - plan.changes.data();
}

TEST_F(PlanTest, BeginsWithTheInstanceAndMakesEverythingInItWait) {
  AddQueue("Sales");

  const Plan plan = MakePlan();

  EXPECT_THAT(
      Ids(plan.changes),
      ElementsAre("instance:acme-dev-eu-central-1", "bucket:acme-storage-dev-eu-central-1",
                  "parameter:AmazonConnectInstanceId", "parameter:AmazonConnectInstanceName",
                  "parameter:AmazonConnectInstanceStorageBucket", "queue:Sales"));
  EXPECT_THAT(plan.Find("queue:Sales")->after, Contains("instance:acme-dev-eu-central-1"));
  EXPECT_THAT(plan.Find("bucket:acme-storage-dev-eu-central-1")->after, IsEmpty());
}

TEST_F(PlanTest, WaitsForAnInstanceWhoseCreationAnEarlierRunBegan) {
  HaveInstance("CREATION_IN_PROGRESS");
  AddQueue("Sales");

  const Plan plan = MakePlan();

  ASSERT_NE(plan.Find("instance:acme-dev-eu-central-1"), nullptr);
  EXPECT_EQ(plan.Find("instance:acme-dev-eu-central-1")->action, Action::kUpdate);
  EXPECT_EQ(plan.Find("instance:acme-dev-eu-central-1")->why, "its creation is under way");
  EXPECT_THAT(plan.Find("queue:Sales")->after, Contains("instance:acme-dev-eu-central-1"));
}

TEST_F(PlanTest, RefusesAnInstanceWhoseCreationFailed) {
  HaveInstance("CREATION_FAILED");

  const Plan plan = MakePlan();

  EXPECT_THAT(Codes(plan.findings), ElementsAre("TL-D001"));
  EXPECT_EQ(plan.findings.front().message,
            "instance 'acme-dev-eu-central-1' exists, but its creation failed");
  EXPECT_EQ(plan.findings.front().place.file, "configuration.json");
}

TEST_F(PlanTest, CountsWhatIsAsWanted) {
  HaveInstance();
  Have("bucket", target().bucket).tags.emplace(kStackTag, "theirs");

  const Plan plan = MakePlan();

  EXPECT_EQ(plan.unchanged, 3U) << "the instance, the bucket and the function 'mapping'";
}

TEST_F(PlanTest, PutsAChangeAfterWhatItComesAfterWhateverTheOrderOfKinds) {
  HaveInstance();
  AddFunction("router").environment.push_back({"MAIN", {.value = "${flow:Main}", .place = {}}});
  AddFlow("Main", QuietFlow());

  const Plan plan = MakePlan();

  EXPECT_LT(PositionOf(plan, "flow stub:Main"), PositionOf(plan, "function:router"));
  EXPECT_LT(PositionOf(plan, "function:router"), PositionOf(plan, "function association:router"));
}

TEST_F(PlanTest, LetsFunctionsNameEachOtherBecauseTheirArnsAreKnown) {
  HaveInstance();
  AddFunction("ping").environment.push_back({"OTHER", {.value = "${lambda:pong}", .place = {}}});
  AddFunction("pong").environment.push_back({"OTHER", {.value = "${lambda:ping}", .place = {}}});

  const Plan plan = MakePlan();

  EXPECT_THAT(plan.findings, IsEmpty());
  EXPECT_THAT(plan.Find("function:ping")->after, IsEmpty());
}

TEST_F(PlanTest, NamesWhatWaitsForEachOther) {
  HaveInstance();
  AddFunction("hook").environment.push_back({"BOT", {.value = "${bot:Desk}", .place = {}}});
  AddBot("Desk").alias_locales.front().code_hook.value = "${lambda:hook}";

  const Plan plan = MakePlan();

  EXPECT_THAT(Codes(plan.findings), ElementsAre("TL-D004"));
  EXPECT_THAT(plan.findings.front().message,
              AllOf(HasSubstr("function 'hook'"), HasSubstr("bot 'Desk'"),
                    HasSubstr("bot association 'Desk'"), Not(HasSubstr("parameter"))));
  EXPECT_NE(plan.Find("bot:Desk"), nullptr) << "it is still shown";
}

TEST_F(PlanTest, MakesAFunctionWaitForTheNewInstanceWhoseDefaultsItNames) {
  AddFunction("router").environment.push_back(
      {"QUEUE", {.value = "${queue:BasicQueue}", .place = {}}});

  const Plan plan = MakePlan();

  EXPECT_THAT(plan.Find("function:router")->after,
              UnorderedElementsAre("queue:BasicQueue", "instance:acme-dev-eu-central-1"));
}

// ---- --only

TEST_F(PlanTest, OfOneProjectHoldsItsKindsOnly) {
  HaveInstance();
  AddQueue("Sales");
  AddHours("Office");
  AddFlow("Main", QuietFlow());

  EXPECT_THAT(Ids(MakePlan("admin-objects").changes), ElementsAre("hours:Office"));
  EXPECT_THAT(Ids(MakePlan("contact-flows").changes), ElementsAre("flow stub:Main", "flow:Main"));
}

TEST_F(PlanTest, OfOneProjectNeedsTheInstanceToBeThere) {
  AddHours("Office");

  const Plan plan = MakePlan("admin-objects");

  EXPECT_THAT(Codes(plan.findings), ElementsAre("TL-D003"));
  EXPECT_EQ(plan.findings.front().message,
            "instance 'acme-dev-eu-central-1' is not there yet, and 'admin-objects' is delivered "
            "into it");
  EXPECT_EQ(plan.findings.front().hint, "deliver project 'instance' first");
}

TEST_F(PlanTest, OfOneProjectOutsideOfTheInstanceNeedsNone) {
  AddFunction("lookup").connect = false;

  const Plan plan = MakePlan("lambdas");

  EXPECT_THAT(plan.findings, IsEmpty());
  EXPECT_THAT(Ids(plan.changes), ElementsAre("function:lookup"));
}

TEST_F(DeployTest, BringsTheMappingFunctionsAssociationWithTheFlowsNotWithTheFunctions) {
  HaveInstance();
  AddFunction("lookup");

  EXPECT_THAT(Ids(MakePlan("lambdas").changes),
              ElementsAre("function:lookup", "function association:lookup"));
  EXPECT_THAT(Ids(MakePlan("contact-flows").changes),
              ElementsAre("mapping:mapping", "function association:mapping"));
}

TEST(PlannedProjects, AreThoseOfTheMonorepo) {
  EXPECT_THAT(PlannedProjects(), ElementsAre("admin-objects", "contact-flows", "instance",
                                             "lambdas", "supporting-infra"));
}

// ---- the table of kinds

class EveryKind : public ::testing::TestWithParam<const ResourceKind*> {};

TEST_P(EveryKind, IsFoundByItsNameAndCanBePlannedAndApplied) {
  const ResourceKind& kind = *GetParam();

  EXPECT_EQ(FindResourceKind(kind.name), &kind);
  EXPECT_NE(kind.plan, nullptr);
  EXPECT_NE(kind.apply, nullptr);
  EXPECT_THAT(PlannedProjects(), Contains(std::string(kind.project)));
  EXPECT_THAT(std::string(kind.plural), Not(IsEmpty()));
}

INSTANTIATE_TEST_SUITE_P(Deploy, EveryKind, ::testing::ValuesIn(AllResourceKinds()),
                         [](const auto& row) {
                           std::string name(row.param->name);
                           std::replace(name.begin(), name.end(), ' ', '_');
                           return name;
                         });

TEST(FindResourceKind, KnowsNoOthers) {
  EXPECT_EQ(FindResourceKind("queues"), nullptr);
}

}  // namespace
}  // namespace trunkline::deploy::tests
