// File 006: the audio is streamed to two functions while the caller counts.
#include "tests/sim/legacy_calls.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kDetails = "ConnectLiveAudioStreamInference-initContactDetails-1FNQ4A33DVNLJ";
constexpr const char* kTrigger = "ConnectLiveAudioStreamInference-kvsConsumerTrigger-19ST9QNM412JD";

World Streaming() {
  World world = SmallWorld();
  world.flows = {Converted(ReadLegacy("006"))};
  return world;
}

StandIns Functions(bool details, bool trigger) {
  StandIns stand_ins;
  if (details) stand_ins.functions[kDetails] = {FunctionAnswer("{}")};
  if (trigger) stand_ins.functions[kTrigger] = {FunctionAnswer("{}")};
  return stand_ins;
}

struct InputCase {
  std::string name;
  std::string key;  // none: the time runs out
};
class LegacyStreaming : public ::testing::TestWithParam<InputCase> {};

// No key has a branch of its own: all of them, and none, lead to the same goodbye.
TEST_P(LegacyStreaming, CountsThenStopsTheStreamAndSaysGoodbye) {
  TL_NEEDS_SHARED();
  OldCall call(Streaming(), Functions(true, true));

  std::string said =
      GetParam().key.empty() ? call.Play() : call.Play({CallerPressed{GetParam().key}});
  if (GetParam().key.empty()) said = call.LetTimePass();

  EXPECT_THAT(said, InOrder({"sample contact flow", "count from 1 to 20", "Bye Bye"}));
  EXPECT_THAT(said, Not(HasSubstr("An error occurred")));
  EXPECT_EQ(call.Asked(kDetails).size(), 1U);
  EXPECT_EQ(call.Asked(kTrigger).size(), 1U);
  EXPECT_EQ(call.phase(), Phase::kEnded);
}

INSTANTIATE_TEST_SUITE_P(Inputs, LegacyStreaming,
                         ::testing::Values(InputCase{"Pound", "#"}, InputCase{"Digit", "7"},
                                           InputCase{"Silence", ""}),
                         [](const auto& one) { return one.param.name; });

TEST(LegacyStreamingCall, WaitsTwoMinutesForTheKey) {
  TL_NEEDS_SHARED();
  OldCall call(Streaming(), Functions(true, true));
  call.Play();

  ASSERT_NE(call.Last<AskKeys>(), nullptr);
  EXPECT_EQ(call.Last<AskKeys>()->first_key, std::chrono::seconds(120));
  EXPECT_EQ(call.Last<AskKeys>()->max_digits, 1);
}

TEST(LegacyStreamingCall, StreamsWhatTheCallerSaysUntilTheEnd) {
  TL_NEEDS_SHARED();
  TestCall call(Streaming());
  call.Start();

  EXPECT_TRUE(call.contact().Read("$.MediaStreams.Customer.Audio.StreamARN"));
  EXPECT_FALSE(call.contact().Read("$.MediaStreams.Customer.Audio.StopTimestamp"));
}

TEST(LegacyStreamingCall, EndsWithTheMessageOfAFunctionThatFails) {
  TL_NEEDS_SHARED();
  for (const auto& [details, trigger] : {std::pair(false, true), std::pair(true, false)}) {
    OldCall call(Streaming(), Functions(details, trigger));

    EXPECT_THAT(call.Play(),
                AllOf(HasSubstr("with the KVS trigger"), Not(HasSubstr("count from"))));
    EXPECT_EQ(call.Asked(kTrigger).size(), details ? 1U : 0U);
    EXPECT_EQ(call.phase(), Phase::kEnded);
  }
}

// A chat has no audio.
TEST(LegacyStreamingCall, EndsWithAMessageWhereNothingCanBeStreamed) {
  TL_NEEDS_SHARED();
  OldCall call(Streaming(), Functions(true, true), {.channel = Channel::kChat});

  EXPECT_THAT(call.Play(), HasSubstr("tried to start streaming"));
  EXPECT_TRUE(call.Asked(kDetails).empty());
  EXPECT_EQ(call.phase(), Phase::kEnded);
}

}  // namespace
}  // namespace trunkline::sim::tests
