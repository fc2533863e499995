// Walking through a call, action by action, and back.
#include "sim/debugger.h"

#include <gmock/gmock.h>

#include "tests/sim/fixture.h"

namespace trunkline::sim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tests::Action;
using tests::MakeFlow;
using tests::SmallWorld;
using Standing = Debugger::Standing;

// main: hello, module "twice" (one, two), menu (1: again to hello, else bye), bye, end.
std::shared_ptr<const World> AskingWorld() {
  World world = SmallWorld();
  world.flows.push_back(MakeFlow(
      "main", "CONTACT_FLOW",
      Action("hello", "MessageParticipant", R"({"Text": "Hello"})", {{"next", "module"}}) + "," +
          Action("module", "InvokeFlowModule", R"({"FlowModuleId": "twice"})",
                 {{"next", "menu"}, {"Error:NoMatchingError", "end"}}) +
          "," +
          Action("menu", "GetParticipantInput",
                 R"({"Text": "Again?", "StoreInput": "False", "InputTimeLimitSeconds": "5"})",
                 {{"next", "bye"},
                  {"Equals 1", "hello"},
                  {"Error:InputTimeLimitExceeded", "bye"},
                  {"Error:NoMatchingCondition", "bye"},
                  {"Error:NoMatchingError", "bye"}}) +
          "," + Action("bye", "MessageParticipant", R"({"Text": "Bye"})", {{"next", "end"}}) + "," +
          Action("end", "DisconnectParticipant", "{}")));
  FlowResource module =
      MakeFlow("twice", "MODULE",
               Action("one", "UpdateContactAttributes",
                      R"({"TargetContact": "Current", "Attributes": {"step": "one"}})",
                      {{"next", "two"}, {"Error:NoMatchingError", "two"}}) +
                   "," +
                   Action("two", "UpdateContactAttributes",
                          R"({"TargetContact": "Current", "Attributes": {"step": "two"}})",
                          {{"next", "back"}, {"Error:NoMatchingError", "back"}}) +
                   "," + Action("back", "EndFlowModuleExecution", "{}"));
  world.modules.push_back({.latest = std::move(module), .versions = {}});
  return std::make_shared<const World>(std::move(world));
}

class WalkingThroughACall : public testing::Test {
 protected:
  std::string At() const {
    const std::vector<Spot> stack = debugger_.stack();
    return stack.empty() ? "" : std::string(stack.back().action);
  }
  std::string Step() const {
    return debugger_.rehearsal().contact().Read("$.Attributes.step").value_or("");
  }
  void BreakAt(std::string_view name) {
    for (const Spot& spot : FindActions(debugger_.world(), name)) debugger_.Break(spot);
  }

  Debugger debugger_{AskingWorld(), Call{.flow = "main"}, StandIns{}};
};

TEST_F(WalkingThroughACall, BeginsBeforeTheFirstAction) {
  EXPECT_EQ(debugger_.standing(), Standing::kBeforeAction);
  EXPECT_EQ(At(), "hello");
  EXPECT_EQ(debugger_.ran(), 0U);
}

TEST_F(WalkingThroughACall, StepsIntoModules) {
  std::vector<std::string> places;
  while (debugger_.standing() == Standing::kBeforeAction) {
    places.push_back(At());
    ASSERT_TRUE(debugger_.Step().ok());
  }
  EXPECT_THAT(places, ElementsAre("hello", "module", "one", "two", "back", "menu"));
  EXPECT_EQ(debugger_.standing(), Standing::kNeedsCaller);
}

TEST_F(WalkingThroughACall, NextPassesOverModules) {
  ASSERT_TRUE(debugger_.Next().ok());
  ASSERT_TRUE(debugger_.Next().ok());
  EXPECT_EQ(At(), "menu");
  EXPECT_EQ(Step(), "two");
}

TEST_F(WalkingThroughACall, FinishLeavesTheModule) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(debugger_.Step().ok());
  ASSERT_EQ(At(), "two");
  ASSERT_TRUE(debugger_.Finish().ok());
  EXPECT_EQ(At(), "menu");
}

TEST_F(WalkingThroughACall, StandsAtBreakpointsWhateverRuns) {
  BreakAt("two");
  ASSERT_TRUE(debugger_.Continue().ok());
  EXPECT_EQ(At(), "two");
  EXPECT_TRUE(debugger_.IsAtBreakpoint());
  EXPECT_EQ(Step(), "one");
  ASSERT_TRUE(debugger_.Continue().ok());
  EXPECT_EQ(debugger_.standing(), Standing::kNeedsCaller);
}

TEST_F(WalkingThroughACall, RunsOnAfterTheCallerAsItRanBefore) {
  BreakAt("hello");
  ASSERT_TRUE(debugger_.Continue().ok());
  ASSERT_TRUE(debugger_.Give(CallerPressed{.keys = "1"}).ok());
  EXPECT_EQ(At(), "hello");
  ASSERT_TRUE(debugger_.Continue().ok());
  ASSERT_TRUE(debugger_.Give(CallerPressed{.keys = "2"}).ok());
  EXPECT_EQ(debugger_.standing(), Standing::kEnded);
}

TEST_F(WalkingThroughACall, GoesBackToAnEarlierActionWithItsValuesAndTranscript) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(debugger_.Step().ok());
  ASSERT_EQ(At(), "menu");
  EXPECT_EQ(debugger_.Back(2), 0U);
  EXPECT_EQ(At(), "two");
  EXPECT_EQ(Step(), "one");
  EXPECT_EQ(debugger_.ran(), 3U);
  EXPECT_THAT(ToText(debugger_.rehearsal().transcript()), Not(HasSubstr("Again?")));
}

TEST_F(WalkingThroughACall, ForgetsWhatTheCallerDidAfterThePlaceItGoesBackTo) {
  ASSERT_TRUE(debugger_.Continue().ok());
  ASSERT_TRUE(debugger_.Give(CallerPressed{.keys = "1"}).ok());  // hello ... menu, once more
  ASSERT_EQ(debugger_.standing(), Standing::kNeedsCaller);
  ASSERT_TRUE(debugger_.Give(CallerPressed{.keys = "2"}).ok());
  ASSERT_EQ(debugger_.standing(), Standing::kEnded);
  const std::string whole = ToText(debugger_.rehearsal().transcript());

  EXPECT_EQ(debugger_.Back(3), 1U);  // end, bye, menu
  EXPECT_EQ(At(), "menu");
  ASSERT_TRUE(debugger_.Continue().ok());
  ASSERT_TRUE(debugger_.Give(CallerPressed{.keys = "2"}).ok());
  EXPECT_EQ(ToText(debugger_.rehearsal().transcript()), whole);
}

TEST_F(WalkingThroughACall, GoesNoFurtherBackThanTheFirstAction) {
  ASSERT_TRUE(debugger_.Step().ok());
  EXPECT_EQ(debugger_.Back(100), 0U);
  EXPECT_EQ(At(), "hello");
  EXPECT_EQ(debugger_.ran(), 0U);
}

TEST_F(WalkingThroughACall, GoingBackPassesBreakpoints) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(debugger_.Step().ok());
  BreakAt("hello");
  debugger_.Back(1);
  EXPECT_EQ(At(), "back");
}

TEST_F(WalkingThroughACall, SaysWhatItCannotDoWhereItStands) {
  EXPECT_THAT(debugger_.Give(CallerPressed{.keys = "1"}).error().message(),
              HasSubstr("stands before an action"));
  ASSERT_TRUE(debugger_.Continue().ok());
  EXPECT_THAT(debugger_.Step().error().message(), HasSubstr("waits for the outside"));
  ASSERT_TRUE(debugger_.Give(CallerHungUp{}).ok());
  ASSERT_EQ(debugger_.standing(), Standing::kEnded);
  EXPECT_THAT(debugger_.Step().error().message(), HasSubstr("has ended"));
  EXPECT_THAT(debugger_.Give(CallerHungUp{}).error().message(), HasSubstr("has ended"));
}

TEST(FindActions, KnowsIdentifiersTypesBlocksAndFlows) {
  const std::shared_ptr<const World> world = AskingWorld();
  const auto found = [&](std::string_view name) {
    std::vector<std::string> ids;
    for (const Spot& spot : FindActions(*world, name)) ids.emplace_back(spot.action);
    return ids;
  };
  EXPECT_THAT(found("menu"), ElementsAre("menu"));
  EXPECT_THAT(found("messageparticipant"), ElementsAre("hello", "bye"));
  EXPECT_THAT(found("Play prompt"), ElementsAre("hello", "bye"));
  EXPECT_THAT(found("twice"), ElementsAre("one"));
  EXPECT_THAT(found("main/Play prompt"), ElementsAre("hello", "bye"));
  EXPECT_THAT(found("twice/hello"), ElementsAre());
  EXPECT_THAT(found("Menu"), ElementsAre());
}

}  // namespace
}  // namespace trunkline::sim
