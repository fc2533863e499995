// Shifting callers: every point at which a run may have ended, and what the plan says.
#include <gmock/gmock.h>

#include "deploy/function_delivery.h"
#include "tests/deploy/shift_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// ---- interrupted

TEST_F(FunctionShift, PutsCallersBackWhenTheRunIsStopped) {
  bool stop = false;
  progress.on_event = [&](const std::string& event) { stop = stop || event.starts_with("told "); };
  ApplyOptions options;
  options.stop = &stop;
  Plan plan;
  plan.changes.push_back({.kind = "function", .name = "lookup", .action = Action::kUpdate});

  const Applied applied = Apply(plan, options);

  EXPECT_EQ(Error(applied),
            "the delivery was stopped: all callers of function 'lookup' have version 7 again, "
            "version 8 had 10 % of the calls; deliver again");
  EXPECT_EQ(Callers(), "7");
  EXPECT_EQ(Waited(), Milliseconds(1000));
}

TEST_F(FunctionShift, PutsCallersBackWhenSomethingElseFailsAndAllIsToBeRolledBack) {
  AddQueue("Sales");
  Plan plan;
  plan.changes.push_back({.kind = "function", .name = "lookup", .action = Action::kUpdate});
  plan.changes.push_back({.kind = "queue", .name = "Sales", .after = {}});
  aws.On("connect:CreateQueue", [](const json::Object&) {
    return Result<json::Object>(Refused("LimitExceededException", "too many"));
  });
  ApplyOptions options;
  options.rollback = true;

  const Applied applied = Apply(plan, options);

  EXPECT_TRUE(applied.rolled_back);
  EXPECT_THAT(applied.not_restored, IsEmpty());
  EXPECT_EQ(Callers(), "7");
  EXPECT_EQ(hash_, "old-hash");
}

TEST_F(FunctionShift, GoesOnFromTheShareThatAnInterruptedRunCameTo) {
  Shift("Linear10PercentEvery1Minute");
  HaveWeights("8", 0.7);

  EXPECT_EQ(Error(Deliver()), "");

  EXPECT_THAT(moves_, ElementsAre("7 + 8:0.8", "7 + 8:0.9", "8"));
  EXPECT_EQ(Waited(), Milliseconds(3 * 60 * 1000)) << "the step that was cut short begins anew";
  EXPECT_EQ(Told().front(),
            "function:lookup: version 8 has 70 % of the calls for 1 min, from where "
            "a delivery was interrupted");
}

TEST_F(FunctionShift, PublishesNothingAgainThatCallersHaveAShareOf) {
  Deliver();
  const std::string hash = hash_;
  HaveWeights("8", 0.1);
  aws.On("lambda:GetFunctionConfiguration",
         json::Object{{"State", "Active"}, {"Description", VersionDescription(hash)}});
  aws.Forget();

  EXPECT_EQ(Error(Deliver()), "");

  EXPECT_THAT(aws.operations(), Not(Contains("lambda:UpdateFunctionCode")));
  EXPECT_THAT(aws.operations(), Not(Contains("lambda:PublishVersion")));
  EXPECT_EQ(Callers(), "8");
  EXPECT_EQ(hash_, hash);
}

TEST_F(FunctionShift, ShiftsNobodyAgainWhenOnlyTheRecordIsMissing) {
  Deliver();
  const std::string hash = hash_;
  Have("function", "lookup");
  aws.On("lambda:GetFunctionConfiguration",
         json::Object{{"State", "Active"}, {"Description", VersionDescription(hash)}});
  const Milliseconds before = Waited();

  EXPECT_EQ(Error(Deliver()), "");

  EXPECT_EQ(Waited(), before);
  EXPECT_EQ(hash_, hash);
}

TEST_F(FunctionShift, LooksAtAShareThatIsNoStepForAStepsTime) {
  HaveWeights("8", 0.5);

  EXPECT_EQ(Error(Deliver()), "");

  EXPECT_THAT(moves_, ElementsAre("8"));
  EXPECT_EQ(Waited(), Milliseconds(5 * 60 * 1000));
}

TEST_F(FunctionShift, BeginsAnewWhenAnotherVersionWasInterrupted) {
  HaveWeights("6", 0.5);

  EXPECT_EQ(Error(Deliver()), "");

  EXPECT_THAT(moves_, ElementsAre("7 + 8:0.1", "8"));
}

TEST_F(FunctionShift, TakesAnInterruptedShiftBackWhenAnAlarmIsOn) {
  HaveWeights("6", 0.5);
  StopBy("errors");
  SetAlarm("ALARM");

  EXPECT_THAT(Error(Deliver()), HasSubstr("have version 7 again, version 6 had 50 % of the calls"));

  EXPECT_EQ(Callers(), "7");
  EXPECT_THAT(aws.operations(), Not(Contains("lambda:UpdateFunctionCode")));
}

TEST_F(FunctionShift, IsPlannedAgainWhateverTheFunctionIsWhenItWasInterrupted) {
  const std::string wanted = std::string([&] {
    Deliver();
    return hash_;
  }());
  Have("function", "lookup", wanted);
  EXPECT_EQ(MakePlan().Find("function:lookup"), nullptr);

  Have("function", "lookup");  // as the first step of a shift leaves it

  EXPECT_EQ(MakePlan().Find("function:lookup")->why, "not applied completely before");
}

// ---- the plan

TEST_F(FunctionShift, IsPlannedWithItsTime) {
  const Plan plan = MakePlan();

  const Change* change = plan.Find("function:lookup");
  EXPECT_EQ(change->shift, "10 % for 5 min, then all");
  EXPECT_EQ(change->takes, Milliseconds(5 * 60 * 1000));
}

TEST_F(FunctionShift, IsPlannedAsTheEnvironmentHasIt) {
  center.functions.front().shift.reset();
  EXPECT_EQ(MakePlan().Find("function:lookup")->shift, "");

  center.settings.shifts["dev"] = center::ShiftOfType("Linear10PercentEvery3Minutes").value();

  EXPECT_EQ(MakePlan().Find("function:lookup")->shift,
            "10 % more every 3 min for 27 min, then all");
}

TEST_F(FunctionShift, IsNotPlannedForTheFirstVersion) {
  live.resources["function"].clear();

  EXPECT_EQ(MakePlan().Find("function:lookup")->shift, "all at once, as there are none yet");
  EXPECT_EQ(MakePlan().Find("function:lookup")->takes, Milliseconds(0));
}

TEST_F(FunctionShift, ChangesNothingByItself) {
  Deliver();
  Have("function", "lookup", hash_);
  Shift("Linear10PercentEvery10Minutes");

  EXPECT_EQ(MakePlan().Find("function:lookup"), nullptr);
}

TEST_F(FunctionShift, IsRefusedWhereTheRunHasNoTimeForIt) {
  center.functions.front().shift->place = {.file = "function.json", .line = 4};
  PlanOptions options;
  options.longest_shift = Milliseconds(4 * 60 * 1000);

  const Plan plan = deploy::MakePlan(target(), live, options);

  ASSERT_THAT(Codes(plan.findings), ElementsAre("TL-D006"));
  EXPECT_EQ(plan.findings[0].place.line, 4U);
  EXPECT_EQ(plan.findings[0].message,
            "shifting the callers of function 'lookup' takes 5 min, and this run has 4 min for it");
  options.longest_shift = Milliseconds(5 * 60 * 1000);
  EXPECT_THAT(deploy::MakePlan(target(), live, options).findings, IsEmpty());
}

}  // namespace
}  // namespace trunkline::deploy::tests
