// Shifting callers: each step, and what stops it.
#include <gmock/gmock.h>

#include "tests/deploy/shift_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// ---- steps

TEST_F(FunctionShift, GivesAShareFirstAndThenAll) {
  EXPECT_EQ(Error(Deliver()), "");

  EXPECT_THAT(moves_, ElementsAre("7 + 8:0.1", "8"));
  EXPECT_EQ(Waited(), Milliseconds(5 * 60 * 1000));
  EXPECT_THAT(Told(), ElementsAre("function:lookup: version 8 has 10 % of the calls for 5 min"));
}

TEST_F(FunctionShift, AddsAShareEachTimeWhenItIsLinear) {
  Shift("Linear10PercentEvery1Minute");

  EXPECT_EQ(Error(Deliver()), "");

  EXPECT_THAT(moves_, ElementsAre("7 + 8:0.1", "7 + 8:0.2", "7 + 8:0.3", "7 + 8:0.4", "7 + 8:0.5",
                                  "7 + 8:0.6", "7 + 8:0.7", "7 + 8:0.8", "7 + 8:0.9", "8"));
  EXPECT_EQ(Waited(), Milliseconds(9 * 60 * 1000));
}

TEST_F(FunctionShift, RecordsTheHashOnlyAtTheEnd) {
  std::vector<std::string> recorded;
  progress.on_event = [&](const std::string&) { recorded.push_back(hash_); };

  EXPECT_EQ(Error(Deliver()), "");

  EXPECT_THAT(recorded, ElementsAre("old-hash", "", Not(IsEmpty())));
}

TEST_F(FunctionShift, SwitchesAFunctionThatNobodyCallsYetAtOnce) {
  aliases_.clear();

  EXPECT_TRUE(ApplyOne("function", "lookup", Action::kCreate).ok());

  EXPECT_EQ(Callers(), "8");
  EXPECT_EQ(Waited(), Milliseconds(0));
  EXPECT_THAT(Told(),
              ElementsAre("function:lookup: version 8 has all calls at once: it is the first"));
}

TEST_F(FunctionShift, SwitchesAtOnceWhatAnInterruptedFirstDeliveryLeftWithoutAnAlias) {
  aliases_.clear();

  EXPECT_TRUE(Deliver().ok());

  EXPECT_EQ(Callers(), "8");
  EXPECT_EQ(Waited(), Milliseconds(0));
}

TEST_F(FunctionShift, HasNothingToShiftWhenCallersHaveTheVersionAlready) {
  aliases_[std::string(kShifted)] = {{"FunctionVersion", "8"}};

  EXPECT_TRUE(Deliver().ok());

  EXPECT_THAT(moves_, ElementsAre("8"));
  EXPECT_EQ(Waited(), Milliseconds(0));
}

TEST_F(FunctionShift, TakesWeightsAwayWhenItIsToldToSwitchAtOnce) {
  HaveWeights("8", 0.1);
  Shift("AllAtOnce");

  EXPECT_TRUE(Deliver().ok());

  EXPECT_THAT(moves_, ElementsAre("8"));
  EXPECT_TRUE(aws.Inputs("lambda:UpdateAlias")[0].Has("RoutingConfig"));
}

TEST_F(FunctionShift, ShiftsAnyNumberOfFunctionsSideBySide) {
  Plan plan;
  for (int i = 0; i < 12; ++i) DeclareFunction(fmt::format("f{}", i));
  Shift("Canary10Percent5Minutes");
  for (const center::Function& function : center.functions)
    plan.changes.push_back({.kind = "function", .name = *function.name, .action = Action::kUpdate});

  EXPECT_TRUE(Apply(plan).ok());

  EXPECT_EQ(progress.most_under_way, 13U);
  EXPECT_LT(Waited(), Milliseconds(6 * 60 * 1000));
}

// ---- alarms

TEST_F(FunctionShift, LooksAtAlarmsOfBothTypesAllTheTime) {
  StopBy("errors");

  EXPECT_EQ(Error(Deliver()), "");

  const auto inputs = aws.Inputs("cloudwatch:DescribeAlarms");
  EXPECT_GE(inputs.size(), 20U);
  EXPECT_EQ(inputs[0].GetArray("AlarmTypes").size(), 2U);
}

TEST_F(FunctionShift, PutsCallersBackWhenAnAlarmGoesOff) {
  StopBy("errors");
  progress.on_event = [&](const std::string& event) {
    if (event.starts_with("told ")) SetAlarm("ALARM");
  };

  const Applied applied = Deliver();

  EXPECT_EQ(Error(applied),
            "alarm 'errors' is in ALARM (4 errors a minute): all callers of function 'lookup' have "
            "version 7 again, version 8 had 10 % of the calls; deliver it again when that is "
            "mended");
  EXPECT_EQ(Callers(), "7");
  EXPECT_EQ(hash_, "old-hash");
  EXPECT_EQ(Waited(), Milliseconds(15'000));
}

TEST_F(FunctionShift, StopsForACompositeAlarm) {
  StopBy("errors");
  progress.on_event = [&](const std::string& event) {
    if (event.starts_with("told ")) SetAlarm("ALARM", "CompositeAlarms");
  };

  EXPECT_THAT(Error(Deliver()), HasSubstr("alarm 'errors' is in ALARM"));
}

TEST_F(FunctionShift, DoesNotStopForAnAlarmWithoutEnoughData) {
  StopBy("errors");
  SetAlarm("INSUFFICIENT_DATA");

  EXPECT_EQ(Error(Deliver()), "");
}

TEST_F(FunctionShift, TouchesNothingWhenAnAlarmIsOnAlready) {
  StopBy("errors");
  SetAlarm("ALARM");

  EXPECT_EQ(Error(Deliver()),
            "alarm 'errors' is in ALARM (4 errors a minute); function 'lookup' was not touched: "
            "deliver it when that is over, or with type 'AllAtOnce' if this delivery mends it");
  EXPECT_THAT(aws.operations(), Not(Contains("lambda:UpdateFunctionCode")));
  EXPECT_THAT(moves_, IsEmpty());
}

TEST_F(FunctionShift, TouchesNothingWhenAnAlarmIsNotThere) {
  StopBy("missing");

  EXPECT_THAT(Error(Deliver()),
              AllOf(HasSubstr("function.json:9:5: alarm 'missing' is not there in eu-central-1"),
                    HasSubstr("function 'lookup' was not touched")));
  EXPECT_THAT(aws.operations(), Not(Contains("lambda:UpdateFunctionCode")));
}

TEST_F(FunctionShift, PutsCallersBackWhenAlarmsCannotBeReadBeforeMoreGetTheVersion) {
  StopBy("errors");
  progress.on_event = [&](const std::string& event) {
    if (event.starts_with("told ")) aws.Fails("cloudwatch:DescribeAlarms", "ThrottlingException");
  };

  EXPECT_THAT(Error(Deliver()), HasSubstr("all callers of function 'lookup' have version 7 again"));
  EXPECT_EQ(Callers(), "7");
  EXPECT_GE(Waited(), Milliseconds(5 * 60 * 1000));
}

// ---- the function's state, and other failures

TEST_F(FunctionShift, PutsCallersBackWhenLambdaCannotRunTheVersion) {
  progress.on_event = [&](const std::string& event) {
    if (event.starts_with("told "))
      aws.On("lambda:GetFunctionConfiguration",
             json::Object{{"State", "Failed"}, {"StateReason", "no image"}});
  };

  EXPECT_THAT(Error(Deliver()),
              HasSubstr("Lambda cannot run version 8 of function "
                        "'acme-dev-eu-central-1-lookup' (no image): all callers"));
  EXPECT_EQ(Callers(), "7");
  EXPECT_EQ(aws.Inputs("lambda:GetFunctionConfiguration").back().GetString("Qualifier"), "8");
}

TEST_F(FunctionShift, LeavesAnAliasAloneThatSomebodyElseMoved) {
  progress.on_event = [&](const std::string& event) {
    if (!event.starts_with("told ")) return;
    aliases_[std::string(kShifted)] = {{"FunctionVersion", "5"}};
    ++revisions_[std::string(kShifted)];
  };

  EXPECT_THAT(Error(Deliver()), HasSubstr("somebody else changed alias 'live' of function "
                                          "'acme-dev-eu-central-1-lookup'"));
  EXPECT_EQ(Callers(), "5");
}

TEST_F(FunctionShift, GoesOnWhenOnlyTheAnswerToAMoveWasLost) {
  aws.On("lambda:UpdateAlias",
         [this,
          lost = std::make_shared<bool>(false)](const json::Object& input) -> Result<json::Object> {
           aliases_[std::string(kShifted)] = input;
           if (std::exchange(*lost, true)) return json::Object{{"RevisionId", "r0"}};
           return Refused("PreconditionFailedException");
         });

  EXPECT_EQ(Error(Deliver()), "");
  EXPECT_EQ(Callers(), "8");
}

TEST_F(FunctionShift, SaysHowToPutCallersBackWhenItCannot) {
  StopBy("errors");
  progress.on_event = [&](const std::string& event) {
    if (!event.starts_with("told ")) return;
    SetAlarm("ALARM");
    aws.Fails("lambda:UpdateAlias", "AccessDeniedException", "not authorized");
  };

  EXPECT_THAT(
      Error(Deliver()),
      AllOf(HasSubstr("callers could not be put back onto version 7 (not authorized)"),
            HasSubstr("version 8 had 10 % of the calls"),
            HasSubstr("aws lambda update-alias --function-name acme-dev-eu-central-1-lookup --name "
                      "live --function-version 7 --routing-config AdditionalVersionWeights={}")));
}

}  // namespace
}  // namespace trunkline::deploy::tests
