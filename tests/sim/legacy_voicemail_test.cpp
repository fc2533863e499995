// Files 003 and 004: callers reach an agent by extension, typed (003) or told by the number they
// dialled (004), and a queue that anybody answers when that fails.
#include "tests/sim/legacy_calls.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kAgentFlow = "${flow:VM-Agent}";
constexpr const char* kAgentData =
    R"({"agentId":"a-ada","agentName":"Ada","transferMessage":"t","transcribeVoicemail":"true",
        "saveCallRecording":"false","encryptVoicemail":"true","extensionNumber":"12345"})";
constexpr const char* kNobodysData = R"({"agentId":"x","agentName":"default",
  "transferMessage":"t","transcribeVoicemail":"t","saveCallRecording":"t","encryptVoicemail":"t",
  "extensionNumber":"12345"})";
constexpr const char* kUnknownAgent = R"({"agentId":"gone","agentName":"Bob",
  "transferMessage":"t","transcribeVoicemail":"t","saveCallRecording":"t","encryptVoicemail":"t",
  "extensionNumber":"12345"})";

World Office(FlowResource flow, std::string_view fallback) {
  World world = SmallWorld();
  world.flows = {std::move(flow), MakeFlow(std::string(kAgentFlow), "CUSTOMER_QUEUE",
                                           Action("wait", "MessageParticipantIteratively",
                                                  R"({"Messages":[{"Text":"Leave a message"}]})"))};
  world.queues = {{.id = std::string(fallback), .name = "Fallback", .hours_id = "h-always"}};
  return world;
}

// 003 as its installer fills it.
constexpr const char* kFunction = "GetContactInfo";
World Typed() {
  const std::vector<std::pair<std::string, std::string>> filled = {
      {"${errorLoopCount}", "2"},
      {"${welcomeMessage}", "Welcome here"},
      {"${logging}", "Enable"},
      {"${this.agentNotFoundErrorMessage}", "Nobody has it"},
      {"${fallbackQueue.Arn}", "arn:queue/fallback"},
      {"${fallbackQueueName}", "Fallback"},
      {"${this.getContactInfoLambdaArn}",
       "arn:aws:lambda:eu-central-1:123456789012:function:GetContactInfo"},
      {"${this.extensionPromptMessage}", "Enter the extension"},
      {"${voicemailDuration}", "6"},
      {"${defaultErrorMessage}", "Something broke"},
      {"${this.loopCountMetTransferMessage}", "You are transferred"},
      {"${this.agentQueueSetError}", "No such agent"}};
  std::string text = ReadLegacy("003");
  for (const auto& [placeholder, value] : filled) text = Replace(text, placeholder, value);
  return Office(Converted(text), "arn:queue/fallback");
}

StandIns Answering(const char* name, const char* payload) {
  StandIns stand_ins;
  stand_ins.functions[name] = {FunctionAnswer(payload)};
  return stand_ins;
}

const std::vector<Event> kTypes = {CallerPressed{"12345"}};

TEST(LegacyTypedExtension, JoinsTheAgentOfTheExtension) {
  TL_NEEDS_SHARED();
  OldCall call(Typed(), Answering(kFunction, kAgentData));

  EXPECT_THAT(call.Play(kTypes), InOrder({"Welcome here", "Enter the extension", "Leave a"}));
  ASSERT_EQ(call.Asked(kFunction).size(), 1U);
  EXPECT_EQ(call.Asked(kFunction)[0], (json::Object{{"extensionNumber", "12345"}}));
  EXPECT_EQ(call.Attribute("agentName"), "Ada");
  EXPECT_EQ(call.Attribute("encryptVoicemail"), "true");
  EXPECT_EQ(call.Attribute("available"), "true");
  ASSERT_NE(call.Last<Joined>(), nullptr);
  EXPECT_EQ(call.Last<Joined>()->agent, "ada");
}

TEST(LegacyTypedExtension, AsksForFiveKeysWithinSixSeconds) {
  TL_NEEDS_SHARED();
  OldCall call(Typed(), {});
  call.Play();

  ASSERT_NE(call.Last<AskKeys>(), nullptr);
  EXPECT_EQ(call.Last<AskKeys>()->kind, AskKeys::Kind::kStore);
  EXPECT_EQ(call.Last<AskKeys>()->max_digits, 5);
  EXPECT_EQ(call.Last<AskKeys>()->first_key, std::chrono::seconds(6));
  EXPECT_FALSE(call.Last<AskKeys>()->secret);
}

TEST(LegacyTypedExtension, TellsTheFunctionOfACallerWhoTypesNothing) {
  TL_NEEDS_SHARED();
  OldCall call(Typed(), Answering(kFunction, kAgentData));
  call.Play();
  call.LetTimePass();

  EXPECT_EQ(call.Attribute("extensionNumber"), "Timeout");
  EXPECT_EQ(call.Asked(kFunction).size(), 1U);
}

TEST(LegacyTypedExtension, WaitsWhereTheAgentIsAway) {
  TL_NEEDS_SHARED();
  World world = Typed();
  world.agents.front().available = false;
  OldCall call(std::move(world), Answering(kFunction, kAgentData));

  EXPECT_THAT(call.Play(kTypes), HasSubstr("Leave a message"));
  EXPECT_EQ(call.Attribute("available"), "");
  EXPECT_EQ(call.QueueName(), "ada");
  EXPECT_EQ(call.phase(), Phase::kQueued);
}

TEST(LegacyTypedExtension, AsksAgainTwiceThenGoesToTheFallbackQueue) {
  TL_NEEDS_SHARED();
  OldCall call(Typed(), {});

  EXPECT_THAT(
      call.Play({CallerPressed{"12345"}, CallerPressed{"12345"}, CallerPressed{"12345"}}),
      InOrder({"Enter the extension", "Nobody has it", "Enter the extension", "Nobody has it",
               "Enter the extension", "Nobody has it", "You are transferred"}));
  EXPECT_EQ(call.Asked(kFunction).size(), 3U);
  EXPECT_EQ(call.QueueName(), "Fallback");
}

TEST(LegacyTypedExtension, GoesToTheFallbackQueueWithoutAnAgent) {
  TL_NEEDS_SHARED();
  OldCall nobody(Typed(), Answering(kFunction, kNobodysData));
  EXPECT_THAT(nobody.Play(kTypes), Not(HasSubstr("You are transferred")));
  EXPECT_EQ(nobody.QueueName(), "Fallback");

  OldCall gone(Typed(), Answering(kFunction, kUnknownAgent));
  EXPECT_THAT(gone.Play(kTypes), InOrder({"No such agent", "You are transferred"}));
  EXPECT_EQ(gone.QueueName(), "Fallback");
}

TEST(LegacyTypedExtension, HangsUpWhenTheFallbackQueueIsFullAndSaysWhenThereIsNone) {
  TL_NEEDS_SHARED();
  World full = Typed();
  full.queues.front().max_contacts = 0;
  OldCall refused(std::move(full), Answering(kFunction, kNobodysData));
  EXPECT_THAT(refused.Play(kTypes), Not(HasSubstr("Something broke")));
  EXPECT_EQ(refused.phase(), Phase::kEnded);

  World none = Typed();
  none.queues.clear();
  OldCall broken(std::move(none), Answering(kFunction, kNobodysData));
  EXPECT_THAT(broken.Play(kTypes), HasSubstr("Something broke"));
  EXPECT_EQ(broken.phase(), Phase::kEnded);
}

// 004: two functions, no question.
World Dialled() {
  return Office(Converted(ReadLegacy("004")), "${queue:BasicQueue}");
}

StandIns Functions(const char* agent) {
  StandIns stand_ins = Answering("GetExtensionFromDialedNumber", kAgentData);
  if (agent != nullptr) stand_ins.functions["GetAgentByExtension"] = {FunctionAnswer(agent)};
  return stand_ins;
}

TEST(LegacyDialledExtension, JoinsTheAgentOfTheNumberWithoutAWord) {
  TL_NEEDS_SHARED();
  OldCall call(Dialled(), Functions(kAgentData));

  EXPECT_THAT(call.Play(), AllOf(Not(HasSubstr("thank you for calling")), HasSubstr("Leave a")));
  EXPECT_EQ(call.Attribute("dialedNumber"), "+15550111");
  ASSERT_EQ(call.Asked("GetAgentByExtension").size(), 1U);
  EXPECT_EQ(call.Asked("GetAgentByExtension")[0], (json::Object{{"extensionNumber", "12345"}}));
  EXPECT_EQ(call.Attribute("available"), "true");
  ASSERT_NE(call.Last<Joined>(), nullptr);
  EXPECT_EQ(call.Last<Joined>()->agent, "ada");
}

TEST(LegacyDialledExtension, WaitsWhereTheAgentIsAway) {
  TL_NEEDS_SHARED();
  World world = Dialled();
  world.agents.front().available = false;
  OldCall call(std::move(world), Functions(kAgentData));
  call.Play();

  EXPECT_EQ(call.Attribute("available"), "");
  EXPECT_EQ(call.phase(), Phase::kQueued);
}

TEST(LegacyDialledExtension, GreetsAndUsesTheBasicQueueWhenNoAgentIsFound) {
  TL_NEEDS_SHARED();
  for (StandIns stand_ins :
       {StandIns(), Functions(nullptr), Functions(kNobodysData), Functions(kUnknownAgent)}) {
    OldCall call(Dialled(), std::move(stand_ins));

    EXPECT_THAT(call.Play(), HasSubstr("thank you for calling"));
    EXPECT_EQ(call.QueueName(), "Fallback");
    ASSERT_NE(call.Last<Queued>(), nullptr);
  }
}

TEST(LegacyDialledExtension, HangsUpWhenTheBasicQueueIsFullAndSaysWhenThereIsNone) {
  TL_NEEDS_SHARED();
  World full = Dialled();
  full.queues.front().max_contacts = 0;
  OldCall refused(std::move(full), {});
  EXPECT_THAT(refused.Play(), Not(HasSubstr("experienced an issue")));
  EXPECT_EQ(refused.phase(), Phase::kEnded);

  World none = Dialled();
  none.queues.clear();
  OldCall broken(std::move(none), {});
  EXPECT_THAT(broken.Play(), HasSubstr("experienced an issue"));
  EXPECT_EQ(broken.phase(), Phase::kEnded);
}

}  // namespace
}  // namespace trunkline::sim::tests
