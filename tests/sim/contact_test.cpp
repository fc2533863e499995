#include "sim/contact.h"

#include <gmock/gmock.h>

#include "tests/sim/fixture.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

World WorldWith(std::string_view main_actions) {
  World world = SmallWorld();
  world.flows.push_back(MakeFlow("main", "CONTACT_FLOW", main_actions));
  return world;
}

std::string Bye() {
  return Action("bye", "DisconnectParticipant", "{}");
}

TEST(Contact, SaysAPromptAndHangsUp) {
  TestCall call(
      WorldWith(Action("hello", "MessageParticipant",
                       R"({"Text":"Hello $.CustomerEndpoint.Address"})", {{"next", "bye"}}) +
                "," + Bye()));

  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre("customer: Hello +15550100"));
  EXPECT_EQ(call.EndReason(), "the flow hung up");
  EXPECT_EQ(call.contact().phase(), Phase::kEnded);
}

TEST(Contact, AnUnknownFlowEndsTheContactAndSaysSo) {
  TestCall call(SmallWorld(), {.flow = "nope"});

  call.Start();

  EXPECT_EQ(call.EndReason(), "flow 'nope' does not exist");
}

TEST(Contact, AMenuWaitsForOneKeyAndFollowsItsCondition) {
  TestCall call(WorldWith(
      Action("menu", "GetParticipantInput", R"({"Text":"Press 1","InputTimeLimitSeconds":"5"})",
             {{"Equals 1", "one"}, {"Error:NoMatchingCondition", "bye"}}) +
      "," + Action("one", "MessageParticipant", R"({"Text":"One"})", {{"next", "bye"}}) + "," +
      Bye()));
  call.Start();
  EXPECT_TRUE(call.contact().needs().keys);

  call.Step(CallerPressed{"1"});

  EXPECT_THAT(call.Said(), ElementsAre("customer: Press 1", "customer: One"));
}

TEST(Contact, GoesThroughQueueAndWhispersToTheAgent) {
  World world = WorldWith(
      Action("queue", "UpdateContactTargetQueue", R"({"QueueId":"arn:queue/sales"})",
             {{"next", "go"}}) +
      "," + Action("go", "TransferContactToQueue", "{}", {{"Error:NoMatchingError", "bye"}}) + "," +
      Bye());
  TestCall call(world);

  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre(HasSubstr("customer: All of our agents are busy"),
                                       "customer: Music", "agent: Sales", "customer: Beep"));
  ASSERT_NE(call.Last<Joined>(), nullptr);
  EXPECT_EQ(call.Last<Joined>()->agent, "ada");
  EXPECT_EQ(call.contact().queue()->name, "Sales");
  EXPECT_EQ(call.contact().phase(), Phase::kTalking);
}

TEST(Contact, AnEndlessLoopEndsTheCallAndNamesTheCycle) {
  TestCall call(WorldWith(Action("a", "UpdateFlowLoggingBehavior",
                                 R"({"FlowLoggingBehavior":"Enabled"})", {{"next", "b"}}) +
                          "," +
                          Action("b", "UpdateFlowLoggingBehavior",
                                 R"({"FlowLoggingBehavior":"Enabled"})", {{"next", "a"}})));

  call.Start();

  EXPECT_EQ(call.EndReason(),
            "endless loop in flow 'main': 'a' -> 'b' -> 'a' ran 1000 actions without waiting for "
            "anybody");
}

TEST(Contact, AnActionWithoutBehaviourTakesItsErrorBranchAndSaysSo) {
  TestCall call(
      WorldWith(Action("session", "SingToParticipant", "{}",
                       {{"next", "hello"}, {"Error:NoMatchingError", "bye"}}) +
                "," + Action("hello", "MessageParticipant", R"({"Text":"Hi"})", {{"next", "bye"}}) +
                "," + Bye()));

  call.Start();

  EXPECT_THAT(call.Warnings(),
              ElementsAre("action 'session' of type 'SingToParticipant' is not simulated"));
  EXPECT_THAT(call.Said(), IsEmpty());
}

}  // namespace
}  // namespace trunkline::sim::tests
