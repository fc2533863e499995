// The host that needs nobody: stand-ins answer in their order, and what has none is remembered.
#include "sim/rehearsal.h"

#include <gmock/gmock.h>

#include "tests/sim/acme.h"
#include "tests/sim/fixture.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Rehearsal AcmeRehearsal(StandIns stand_ins) {
  return {std::make_shared<const World>(AcmeWorld()), AcmeCall(), std::move(stand_ins)};
}

BotAnswered Understands(std::string intent) {
  return {.intent = std::move(intent), .intent_state = "Fulfilled", .dialog_action = "Close"};
}

TEST(Rehearsal, RemembersWhatHadNoStandIn) {
  StandIns stand_ins = AcmeStandIns();
  stand_ins.bots.clear();
  Rehearsal rehearsal = AcmeRehearsal(std::move(stand_ins));

  PlayScript(rehearsal, {CallerSaid{"sales"}});

  EXPECT_THAT(rehearsal.missing_bots(), ElementsAre("ACME_lexbot"));
  EXPECT_THAT(rehearsal.missing_functions(), IsEmpty());
}

TEST(Rehearsal, GivesABotsAnswersInTheirOrderWhateverIsSaid) {
  StandIns stand_ins = AcmeStandIns();
  stand_ins.answers = {{"ACME_lexbot", {Understands("Weather"), Understands("Finance")}}};
  Rehearsal rehearsal = AcmeRehearsal(std::move(stand_ins));

  PlayScript(rehearsal, {CallerSaid{"sales"}, CallerSaid{"sales"}});

  EXPECT_EQ(rehearsal.transcript().queue, "Finance");
}

TEST(Rehearsal, LetsTheLimitPassForAFunctionThatTimesOut) {
  StandIns stand_ins = AcmeStandIns();
  stand_ins.functions = {{"mapping", {{.outcome = LambdaAnswered::Outcome::kTimedOut}}}};
  Rehearsal rehearsal = AcmeRehearsal(std::move(stand_ins));
  const TimePoint before = rehearsal.contact().now();

  rehearsal.Give(Started{});

  EXPECT_GE(rehearsal.contact().now() - before, std::chrono::seconds(8));
  EXPECT_THAT(ToText(rehearsal.transcript()), HasSubstr("Sorry, please call again later."));
}

TEST(Rehearsal, GivesAContactThatWaitsForTimeOnlyItsTime) {
  World world = SmallWorld();
  world.flows = {
      MakeFlow("wait", "CONTACT_FLOW",
               Action("wait", "Wait", R"({"TimeLimitSeconds":"90"})",
                      {{"Equals WaitCompleted", "bye"}, {"Error:NoMatchingError", "bye"}}) +
                   "," + Action("bye", "DisconnectParticipant", "{}"))};
  Call call{.flow = "wait", .channel = Channel::kChat, .customer = {"+15550100"}};
  Rehearsal rehearsal(std::make_shared<const World>(std::move(world)), call, {});

  rehearsal.Give(Started{});

  EXPECT_EQ(rehearsal.contact().phase(), Phase::kEnded);
  EXPECT_EQ(rehearsal.contact().now() - TimePoint{}, std::chrono::seconds(90));
}

}  // namespace
}  // namespace trunkline::sim::tests
