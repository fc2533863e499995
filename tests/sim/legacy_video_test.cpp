// Files 001 and 002: a chat is put into the own queue of the agent who invited the customer, and
// hears the second flow while it waits.
#include "tests/sim/legacy_calls.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kQueueFlow =
    "arn:aws:connect:eu-west-2:000062313592:instance/9388be3b-8acb-4632-9d66-3fcb8ff191ed/"
    "contact-flow/6beacfe7-1afd-4b44-bf07-0e3ee4ef42ce";

World VideoCalls() {
  World world = SmallWorld();
  world.flows = {Converted(ReadLegacy("001")),
                 Converted(ReadLegacy("002"), std::string(kQueueFlow))};
  return world;
}

Call Chat(std::string reference, std::string agent = "ada") {
  Call call{.channel = Channel::kChat};
  call.attributes = {{"customerName", "Kim"}, {"videoRouteToAgent", std::move(agent)}};
  if (!reference.empty()) call.attributes.Set("videoReferenceId", std::move(reference));
  return call;
}

TEST(LegacyVideo, GreetsByNameAndJoinsTheAgent) {
  TL_NEEDS_SHARED();
  OldCall call(VideoCalls(), {}, Chat(""));

  const std::string said = call.Play();

  EXPECT_THAT(said, HasSubstr("Hi, Kim! Welcome to AWS Video"));
  EXPECT_THAT(said, Not(HasSubstr("Reference")));
  EXPECT_EQ(call.Attribute("videoRecordingAutoStartEnabled"), "false");
  EXPECT_EQ(call.Attribute("videoRecordingStartStopEnabled"), "false");
  ASSERT_NE(call.Last<Joined>(), nullptr);
  EXPECT_EQ(call.Last<Joined>()->agent, "ada");
  EXPECT_EQ(call.Last<Queued>()->priority, 5);
}

TEST(LegacyVideo, PutsACustomerWithAReferenceInFront) {
  TL_NEEDS_SHARED();
  for (const std::string reference : {"0", "4711"}) {
    OldCall call(VideoCalls(), {}, Chat(reference));

    EXPECT_THAT(call.Play(), InOrder({"Welcome to AWS Video", "has been validated"}));
    ASSERT_NE(call.Last<Queued>(), nullptr);
    EXPECT_EQ(call.Last<Queued>()->priority, 1);
  }
}

TEST(LegacyVideo, EndsWithAReferenceThatIsNotValid) {
  TL_NEEDS_SHARED();
  OldCall call(VideoCalls(), {}, Chat("error"));

  EXPECT_THAT(call.Play(), HasSubstr("is not valid, or has already expired"));
  EXPECT_EQ(call.Last<Queued>(), nullptr);
  EXPECT_EQ(call.phase(), Phase::kEnded);
}

TEST(LegacyVideo, ApologisesWhenTheAgentOrTheQueueFlowIsMissing) {
  TL_NEEDS_SHARED();
  for (const bool without_flow : {true, false}) {
    World world = VideoCalls();
    if (without_flow) world.flows.pop_back();
    OldCall call(std::move(world), {}, Chat("", without_flow ? "ada" : "nobody"));

    EXPECT_THAT(call.Play(), HasSubstr("technical difficulties"));
    EXPECT_EQ(call.Last<Queued>(), nullptr);
    EXPECT_EQ(call.phase(), Phase::kEnded);
  }
}

// Prompts are not looped on chat: the error branch speaks once, then every twenty seconds.
TEST(LegacyVideo, TellsAWaitingChatEveryTwentySeconds) {
  TL_NEEDS_SHARED();
  World world = VideoCalls();
  world.agents.front().available = false;
  OldCall call(std::move(world), {}, Chat(""));
  call.Play();
  ASSERT_NE(call.Last<SetTimer>(), nullptr);
  EXPECT_EQ(call.Last<SetTimer>()->after, std::chrono::seconds(20));
  call.LetTimePass();

  EXPECT_THAT(call.LetTimePass(),
              InOrder({"next in the queue", "Thank you for waiting", "Thank you for waiting"}));
  EXPECT_EQ(call.phase(), Phase::kQueued);
}

TEST(LegacyVideo, LoopsItsPromptForAVoiceCall) {
  TL_NEEDS_SHARED();
  World world = VideoCalls();
  world.agents.front().available = false;
  Call voice = Chat("");
  voice.channel = Channel::kVoice;
  OldCall call(std::move(world), {}, voice);

  EXPECT_THAT(call.Play(), Not(HasSubstr("next in the queue")));
  ASSERT_NE(call.Last<Say>(), nullptr);
  EXPECT_EQ(call.Last<Say>()->text, ",");
  EXPECT_TRUE(call.Last<Say>()->loops);
  EXPECT_EQ(call.phase(), Phase::kQueued);
}

}  // namespace
}  // namespace trunkline::sim::tests
