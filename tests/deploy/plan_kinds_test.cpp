// What each kind of resource plans: made where it is missing, left where it is as wanted, changed
// where it differs, and never touched where a CloudFormation stack owns it.
#include <gmock/gmock.h>

#include "deploy/function_delivery.h"
#include "deploy/resource.h"
#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::SizeIs;

// ---- by hash

class ByHash : public DeployTest {
 protected:
  Plan PlanQueue(const center::Tags& own = {}) {
    Plan plan;
    PlanByHash(live, "queue", "Sales", "new", {"hours:Office"}, plan, own);
    return plan;
  }
};

TEST_F(ByHash, MakesWhatIsNotThere) {
  const Plan plan = PlanQueue();

  ASSERT_THAT(plan.changes, SizeIs(1));
  EXPECT_EQ(plan.changes.front().Id(), "queue:Sales");
  EXPECT_EQ(plan.changes.front().action, Action::kCreate);
  EXPECT_EQ(plan.changes.front().why, "");
  EXPECT_THAT(plan.changes.front().after, ElementsAre("hours:Office"));
}

TEST_F(ByHash, LeavesWhatIsAsWanted) {
  Have("queue", "Sales", "new");

  const Plan plan = PlanQueue();

  EXPECT_THAT(plan.changes, IsEmpty());
  EXPECT_EQ(plan.unchanged, 1U);
}

TEST_F(ByHash, ChangesWhatDiffers) {
  Have("queue", "Sales", "old");

  const Plan plan = PlanQueue();

  ASSERT_THAT(plan.changes, SizeIs(1));
  EXPECT_EQ(plan.changes.front().action, Action::kUpdate);
  EXPECT_EQ(plan.changes.front().why, "differs");
}

TEST_F(ByHash, GoesOnWhereAnInterruptedRunRecordedNoHash) {
  Have("queue", "Sales");

  EXPECT_EQ(PlanQueue().changes.at(0).why, "not applied completely before");
}

TEST_F(ByHash, BringsTheUsersTagsUpToDate) {
  LiveResource& queue = Have("queue", "Sales", "new");
  queue.tags.emplace("team", "blue");
  queue.tags.emplace(kOwnTagsTag, "team");
  queue.tags.emplace("cost-center", "put there by others");

  EXPECT_THAT(PlanQueue({{"team", "blue"}}).changes, IsEmpty());
  ASSERT_THAT(PlanQueue({{"team", "green"}}).changes, SizeIs(1));
  EXPECT_EQ(PlanQueue({{"team", "green"}}).changes.front().why, "its tags differ");
  EXPECT_THAT(PlanQueue({{"cost", "7"}}).changes, SizeIs(1));
}

TEST_F(ByHash, TakesAwayTagsThatTheUserTookAway) {
  LiveResource& queue = Have("queue", "Sales", "new");
  queue.tags.emplace("team", "blue");
  queue.tags.emplace(kOwnTagsTag, "team");

  ASSERT_THAT(PlanQueue().changes, SizeIs(1));
  EXPECT_EQ(PlanQueue().changes.front().why, "its tags differ");
}

TEST_F(ByHash, NeverTouchesWhatAStackOwns) {
  Have("queue", "Sales", "old").tags.emplace(kStackTag, "theirs");

  EXPECT_THAT(PlanQueue({{"team", "green"}}).changes, IsEmpty());
  EXPECT_EQ(PlanQueue().unchanged, 1U);
}

// ---- kind by kind

class PlanKinds : public DeployTest {
 protected:
  PlanKinds() { HaveInstance(); }
  std::vector<std::string> After(std::string_view id) {
    const Plan plan = MakePlan();
    const Change* change = plan.Find(id);
    return change == nullptr ? std::vector<std::string>{"not planned"} : change->after;
  }
};

TEST_F(PlanKinds, PutAQueueAfterItsHours) {
  AddHours("Office");
  AddQueue("Sales", "Office");

  EXPECT_THAT(After("queue:Sales"), ElementsAre("hours:Office"));
}

TEST_F(PlanKinds, PutAPromptAfterTheBucketItsAudioGoesTo) {
  AddPrompt("Hello");

  EXPECT_THAT(After("prompt:Hello"), ElementsAre("bucket:acme-storage-dev-eu-central-1"));
}

TEST_F(PlanKinds, PutABotAfterTheFunctionOfItsHook) {
  AddFunction("hook");
  AddBot("Desk").alias_locales.front().code_hook.value = "${lambda:hook}";

  EXPECT_THAT(After("bot:Desk"), ElementsAre("function:hook"));
  EXPECT_THAT(After("bot association:Desk"), ElementsAre("bot:Desk"));
}

TEST_F(PlanKinds, UpdateStorageThatIsElsewhere) {
  center.instance->storage.push_back({.resource_type = {.value = "CALL_RECORDINGS", .place = {}},
                                      .prefix = {.value = "recordings", .place = {}}});
  LiveResource& there = Have("storage", "CALL_RECORDINGS");
  there.body.Set("S3Config", json::Object{{"BucketName", "old"}, {"BucketPrefix", "recordings"}});

  const Plan plan = MakePlan();

  const Change* change = plan.Find("storage:CALL_RECORDINGS");
  ASSERT_NE(change, nullptr);
  EXPECT_EQ(change->action, Action::kUpdate);
  EXPECT_EQ(change->why, "is in bucket 'old'");
  EXPECT_THAT(change->after, ElementsAre("bucket:acme-storage-dev-eu-central-1"));
}

TEST_F(PlanKinds, LeaveStorageThatIsThere) {
  center.instance->storage.push_back({.resource_type = {.value = "CALL_RECORDINGS", .place = {}},
                                      .prefix = {.value = "recordings", .place = {}}});
  Have("storage", "CALL_RECORDINGS")
      .body.Set("S3Config",
                json::Object{{"BucketName", target().bucket}, {"BucketPrefix", "recordings"}});

  EXPECT_EQ(MakePlan().Find("storage:CALL_RECORDINGS"), nullptr);
}

TEST_F(PlanKinds, UpdateAParameterThatSaysSomethingElse) {
  Have("parameter", "AmazonConnectInstanceId").id = "i-0";
  Have("parameter", "AmazonConnectInstanceName").id = kInstance;

  const Plan plan = MakePlan();

  ASSERT_NE(plan.Find("parameter:AmazonConnectInstanceId"), nullptr);
  EXPECT_EQ(plan.Find("parameter:AmazonConnectInstanceId")->why, "is 'i-0'");
  EXPECT_EQ(plan.Find("parameter:AmazonConnectInstanceName"), nullptr);
}

TEST_F(PlanKinds, AssociateOnlyFunctionsThatFlowsMayCall) {
  AddFunction("lookup");
  AddFunction("nightly").connect = false;

  const Plan plan = MakePlan();

  EXPECT_NE(plan.Find("function association:lookup"), nullptr);
  EXPECT_EQ(plan.Find("function association:nightly"), nullptr);
}

TEST_F(PlanKinds, PermitAFunctionAgainThatIsMadeAnew) {
  AddFunction("lookup");
  Have("function association", FunctionArn(target(), "lookup"));

  const Plan plan = MakePlan();

  ASSERT_NE(plan.Find("function association:lookup"), nullptr);
  EXPECT_EQ(plan.Find("function association:lookup")->why, "the function is made anew");

  Have("function", "lookup");
  EXPECT_EQ(MakePlan().Find("function association:lookup"), nullptr);
}

TEST_F(PlanKinds, AssociateABotOnceItsAliasIsThere) {
  AddBot("Desk");
  Have("bot", "Desk");
  Have("bot association", live.Find("bot", "Desk")->arn);

  EXPECT_EQ(MakePlan().Find("bot association:Desk"), nullptr);

  live.resources.find("bot")->second.at("Desk").arn.clear();
  EXPECT_NE(MakePlan().Find("bot association:Desk"), nullptr);
}

// ---- the mapping function

class PlanMapping : public PlanKinds {
 protected:
  // As the next run finds it when nothing changed since.
  void HaveMapping() {
    aws.On("lambda:PublishVersion", json::Object{{"Version", "1"}});
    ApplyOne("mapping", "mapping");
    const json::Object tags = aws.Inputs("lambda:TagResource").at(0).GetObject("Tags");
    Have("mapping", "mapping").tags = ReadTags(tags);
  }
};

TEST_F(PlanMapping, LeavesTheMapThatHoldsEveryName) {
  Have("queue", "Sales", "x");
  HaveMapping();

  EXPECT_EQ(MakePlan().Find("mapping:mapping"), nullptr);
}

TEST_F(PlanMapping, WritesTheMapAnewWhenNamesAppearAndAfterThem) {
  HaveMapping();
  AddQueue("Sales");
  AddFlow("Main", QuietFlow());

  const Plan plan = MakePlan();

  const Change* change = plan.Find("mapping:mapping");
  ASSERT_NE(change, nullptr);
  EXPECT_EQ(change->why, "there are new names");
  EXPECT_THAT(change->after, IsSupersetOf({"queue:Sales", "flow stub:Main"}));
}

TEST_F(PlanMapping, LeavesTheMapWhenOnlyContentsChange) {
  AddQueue("Sales");
  Have("queue", "Sales", "old");
  HaveMapping();

  const Plan plan = MakePlan();

  EXPECT_NE(plan.Find("queue:Sales"), nullptr);
  EXPECT_EQ(plan.Find("mapping:mapping"), nullptr);
}

TEST_F(PlanMapping, WritesTheMapAnewForABotWhoseAliasIsStillToBeMade) {
  AddBot("Desk");
  Have("bot", "Desk").arn.clear();
  HaveMapping();

  EXPECT_EQ(MakePlan().Find("mapping:mapping")->why, "there are new names");
}

TEST_F(PlanMapping, NeverTouchesAMapThatAStackOwns) {
  Have("mapping", "mapping").tags.emplace(kStackTag, "theirs");
  AddQueue("Sales");

  EXPECT_EQ(MakePlan().Find("mapping:mapping"), nullptr);
}

TEST_F(PlanMapping, IsNotPlannedWhenTheCenterBringsItsOwn) {
  AddFunction("mapping");

  const Plan plan = MakePlan();

  EXPECT_EQ(plan.Find("mapping:mapping"), nullptr);
  EXPECT_THAT(plan.Find("function association:mapping")->after, ElementsAre("function:mapping"));
}

// ---- owned by a stack, kind by kind

struct Owned {
  std::string kind;
  std::string name;
};

class OwnedByAStack : public DeployTest, public ::testing::WithParamInterface<Owned> {};

TEST_P(OwnedByAStack, IsReadAndNeverChanged) {
  HaveInstance();
  AddHours("It");
  AddQueue("It");
  AddPrompt("It");
  AddFunction("It");
  AddBot("It");
  AddFlow("It", QuietFlow());
  AddModule("It", QuietFlow());
  const std::string id = GetParam().kind + ":" + GetParam().name;
  ASSERT_NE(MakePlan().Find(id), nullptr);

  Have(GetParam().kind, GetParam().name, "another").tags.emplace(kStackTag, "theirs");

  EXPECT_EQ(MakePlan().Find(id), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Deploy, OwnedByAStack,
                         ::testing::Values(Owned{"hours", "It"}, Owned{"queue", "It"},
                                           Owned{"prompt", "It"}, Owned{"function", "It"},
                                           Owned{"bot", "It"}, Owned{"flow", "It"},
                                           Owned{"module", "It"}, Owned{"mapping", "mapping"},
                                           Owned{"bucket", "acme-storage-dev-eu-central-1"}),
                         [](const auto& row) { return row.param.kind; });

}  // namespace
}  // namespace trunkline::deploy::tests
