// File 007: a Lex bot finds out what the caller wants; two intents lead to queues.
#include "tests/sim/legacy_calls.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kQueues =
    "arn:aws:connect:us-west-2:000051395950:instance/6fa71e51-f29b-425d-a458-c49458a37f21/queue/";

Queue QueueOf(std::string_view id, std::string name) {
  return {.id = std::string(id),
          .arn = std::string(kQueues) + std::string(id),
          .name = std::move(name),
          .hours_id = "h-always"};
}

World CableTv() {
  World world = SmallWorld();
  world.flows = {Converted(ReadLegacy("007"))};
  world.queues = {QueueOf("7e804cf5-69ff-48b7-8af6-6eae005a5199", "CheckSchedule"),
                  QueueOf("83c598c7-c196-45b8-80ea-ba6d7402bcd2", "TvSignalProblem")};
  return world;
}

StandIns Understood(std::string intent) {
  StandIns stand_ins;
  stand_ins.answers["CableTvSupport"] = {{.intent = std::move(intent),
                                          .intent_state = "ReadyForFulfillment",
                                          .dialog_action = "Close"}};
  return stand_ins;
}

const std::vector<Event> kSpeaks = {CallerSaid{"please help"}};

struct IntentCase {
  std::string name, intent, says, queue;
};
class LegacyBot : public ::testing::TestWithParam<IntentCase> {};

TEST_P(LegacyBot, AsksAndPutsTheCallerIntoTheQueueOfTheIntent) {
  TL_NEEDS_SHARED();
  OldCall call(CableTv(), Understood(GetParam().intent));

  EXPECT_THAT(call.Play(kSpeaks),
              InOrder({"Welcome to the Cable TV", "How can I help you?", GetParam().says}));
  ASSERT_NE(call.Last<Queued>(), nullptr);
  EXPECT_EQ(call.Last<Queued>()->queue_name, GetParam().queue);
}

TEST_P(LegacyBot, HangsUpWhenTheQueueOfTheIntentIsFull) {
  TL_NEEDS_SHARED();
  World world = CableTv();
  for (Queue& queue : world.queues) queue.max_contacts = 0;
  OldCall call(std::move(world), Understood(GetParam().intent));

  EXPECT_THAT(call.Play(kSpeaks), HasSubstr(GetParam().says));
  EXPECT_EQ(call.Last<Queued>(), nullptr);
  EXPECT_EQ(call.phase(), Phase::kEnded);
}

TEST_P(LegacyBot, HangsUpWhenTheQueueOfTheIntentDoesNotExist) {
  TL_NEEDS_SHARED();
  World world = CableTv();
  world.queues.clear();
  OldCall call(std::move(world), Understood(GetParam().intent));

  EXPECT_THAT(call.Play(kSpeaks), HasSubstr(GetParam().says));
  EXPECT_EQ(call.phase(), Phase::kEnded);
}

INSTANTIATE_TEST_SUITE_P(
    Intents, LegacyBot,
    ::testing::Values(
        IntentCase{"Visit", "CheckSchedule", "check for the technical visit", "CheckSchedule"},
        IntentCase{"Signal", "SignalLost", "about your signal problem", "TvSignalProblem"}),
    [](const auto& one) { return one.param.name; });

TEST(LegacyBotEnds, HangsUpWithoutAWordOnTheIntentThatIsNotBuilt) {
  TL_NEEDS_SHARED();
  OldCall call(CableTv(), Understood("VisitSchedule"));

  EXPECT_THAT(call.Play(kSpeaks),
              Not(::testing::AnyOf(HasSubstr("queue to"), HasSubstr("There was a problem"))));
  EXPECT_EQ(call.phase(), Phase::kEnded);
}

TEST(LegacyBotEnds, ApologisesForAnIntentWithoutABranch) {
  TL_NEEDS_SHARED();
  OldCall call(CableTv(), Understood("OrderPizza"));

  EXPECT_THAT(call.Play(kSpeaks), InOrder({"How can I help", "There was a problem"}));
  EXPECT_EQ(call.phase(), Phase::kEnded);
}

TEST(LegacyBotEnds, ApologisesWhenTheBotFails) {
  TL_NEEDS_SHARED();
  OldCall call(CableTv(), {});

  EXPECT_THAT(call.Play(kSpeaks), InOrder({"How can I help", "There was a problem"}));
  EXPECT_EQ(call.phase(), Phase::kEnded);
}

TEST(LegacyBotEnds, SpeaksWithTheVoiceAndIsRecorded) {
  TL_NEEDS_SHARED();
  TestCall call(CableTv());
  call.Start();

  EXPECT_EQ(call.contact().Read("$.TextToSpeechVoiceId"), "Salli");
  EXPECT_THAT(call.Ran(), ::testing::Contains(HasSubstr("UpdateContactRecordingBehavior success")));
}

}  // namespace
}  // namespace trunkline::sim::tests
