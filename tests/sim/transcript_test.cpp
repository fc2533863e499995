#include "sim/transcript.h"

#include <gmock/gmock.h>

#include "sim/rehearsal.h"
#include "tests/sim/acme.h"
#include "tests/support/shared_data.h"

namespace trunkline::sim::tests {
namespace {

using trunkline::tests::DiffGolden;

std::string Script(const std::vector<Event>& events, World world = AcmeWorld()) {
  Rehearsal rehearsal(std::make_shared<const World>(std::move(world)), AcmeCall(), AcmeStandIns());
  PlayScript(rehearsal, events);
  return ToText(rehearsal.transcript());
}

TEST(Transcript, OfACallThatEndsInSales) {
  EXPECT_EQ("", DiffGolden("sim/sales.txt", Script({CallerSaid{"sales please"}, CallerHungUp{}})));
}

TEST(Transcript, OfACallerWhoIsNotUnderstoodTwice) {
  EXPECT_EQ("", DiffGolden("sim/not-understood.txt",
                           Script({CallerSaid{"what is the weather"}, CallerSaid{"my cat"}})));
}

TEST(Transcript, OfACallerWhoHangsUpAtTheQuestion) {
  EXPECT_EQ("", DiffGolden("sim/hangs-up.txt", Script({CallerHungUp{}})));
}

TEST(Transcript, OfACallWhoseQueueHasNoAgent) {
  World world = AcmeWorld();
  world.agents.clear();

  EXPECT_EQ("", DiffGolden("sim/no-agent.txt",
                           Script({CallerSaid{"finance"}, CallerHungUp{}}, std::move(world))));
}

TEST(Transcript, KeysOfASecretInputAreMasked) {
  Transcript transcript;
  Note(transcript, {.what = AskKeys{.secret = true}});

  Note(transcript, TimePoint{}, CallerPressed{"1234"});

  EXPECT_EQ(transcript.lines.back().text, "presses ****");
}

TEST(Transcript, SurvivesJson) {
  Rehearsal rehearsal(std::make_shared<const World>(AcmeWorld()), AcmeCall(), AcmeStandIns());
  PlayScript(rehearsal, {CallerSaid{"sales"}});

  const auto back = TranscriptFromJson(ToJson(rehearsal.transcript()));

  ASSERT_TRUE(back.ok());
  EXPECT_EQ(ToText(*back), ToText(rehearsal.transcript()));
  EXPECT_EQ(back->queue, "Sales");
  EXPECT_EQ(back->intent, "Sales");
}

}  // namespace
}  // namespace trunkline::sim::tests
