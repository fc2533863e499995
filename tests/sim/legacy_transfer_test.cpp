// File 008: a function lends a number, the caller is connected to it and comes back with an intent.
#include "tests/sim/legacy_calls.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kFunction = "OmiliaLambdaFunction";
constexpr std::string_view kBasicQueue =
    "arn:aws:connect:us-east-1:000043924386:instance/3896014a-f7c8-44fe-aefc-23e0d2c48efe/queue/"
    "96c86fcb-e20c-45c5-a4f7-439cdfbc07be";

World VoiceBotLine() {
  World world = SmallWorld();
  world.flows = {Converted(ReadLegacy("008"))};
  world.queues = {{.id = "basic",
                   .arn = std::string(kBasicQueue),
                   .name = "BasicQueue",
                   .hours_id = "h-always"}};
  return world;
}

StandIns Answers() {
  StandIns stand_ins;
  stand_ins.functions[kFunction] = {FunctionAnswer(R"({"phone_number":"+15550177"})"),
                                    FunctionAnswer(R"({"Intent":"Pay a bill"})"),
                                    FunctionAnswer("{}")};
  return stand_ins;
}

TEST(LegacyTransfer, SpeaksTheIntentTheOtherPartyFoundAndQueuesTheCaller) {
  TL_NEEDS_SHARED();
  OldCall call(VoiceBotLine(), Answers());

  EXPECT_THAT(call.Play(),
              InOrder({"Welcome to Amazon", "+15550177", "Intent gathered", "Pay a bill"}));
  EXPECT_EQ(call.Attribute("omilia_number"), "+15550177");
  EXPECT_EQ(call.Attribute("omilia_intent"), "Pay a bill");
  EXPECT_EQ(call.Attribute("caller_ani"), "+15550100");
  ASSERT_NE(call.Last<Queued>(), nullptr);
  EXPECT_EQ(call.Last<Queued>()->queue_name, "BasicQueue");
}

TEST(LegacyTransfer, DialsForThirtySecondsAndGoesOnAfterwards) {
  TL_NEEDS_SHARED();
  OldCall call(VoiceBotLine(), Answers());
  call.Play();

  ASSERT_NE(call.Last<DialThirdParty>(), nullptr);
  EXPECT_EQ(call.Last<DialThirdParty>()->limit, std::chrono::seconds(30));
  EXPECT_TRUE(call.Last<DialThirdParty>()->returns);
}

TEST(LegacyTransfer, TellsTheFunctionWhichStepItIs) {
  TL_NEEDS_SHARED();
  OldCall call(VoiceBotLine(), Answers());
  call.Play();

  const std::vector<json::Object> asked = call.Asked(kFunction);
  ASSERT_EQ(asked.size(), 3U);
  EXPECT_EQ(asked[0], (json::Object{{"cmd", "get_available_number"}}));
  EXPECT_EQ(asked[1], (json::Object{{"cmd", "get_attached_data"}, {"DNIS", "+15550177"}}));
  EXPECT_EQ(asked[2], (json::Object{{"cmd", "clean_number"}, {"DNIS", "+15550177"}}));
}

TEST(LegacyTransfer, HangsUpWhenNoNumberIsLent) {
  TL_NEEDS_SHARED();
  OldCall call(VoiceBotLine(), {});

  EXPECT_THAT(call.Play(), Not(HasSubstr("An error occurred")));
  EXPECT_EQ(call.Last<DialThirdParty>(), nullptr);
  EXPECT_EQ(call.phase(), Phase::kEnded);
}

// Its functions after the call may fail: the caller is queued all the same.
TEST(LegacyTransfer, QueuesTheCallerWhenTheLaterFunctionsFail) {
  TL_NEEDS_SHARED();
  StandIns stand_ins = Answers();
  stand_ins.functions[kFunction].resize(1);
  stand_ins.functions[kFunction].push_back({.outcome = LambdaAnswered::Outcome::kError});
  OldCall call(VoiceBotLine(), std::move(stand_ins));

  EXPECT_THAT(call.Play(), HasSubstr("Intent gathered"));
  EXPECT_EQ(call.Asked(kFunction).size(), 3U);
  ASSERT_NE(call.Last<Queued>(), nullptr);
}

TEST(LegacyTransfer, HangsUpWhenTheQueueIsFullOrUnknown) {
  TL_NEEDS_SHARED();
  for (const bool is_full : {true, false}) {
    World world = VoiceBotLine();
    if (is_full) world.queues.front().max_contacts = 0;
    if (!is_full) world.queues.clear();
    OldCall call(std::move(world), Answers());

    EXPECT_THAT(call.Play(), HasSubstr("Pay a bill"));
    EXPECT_EQ(call.Last<Queued>(), nullptr);
    EXPECT_EQ(call.phase(), Phase::kEnded);
  }
}

class LegacyTransferFails : public ::testing::TestWithParam<ThirdPartyAnswered::Outcome> {};

TEST_P(LegacyTransferFails, GivesTheNumberBackAndClosesTheCall) {
  TL_NEEDS_SHARED();
  TestCall call(VoiceBotLine());
  call.Start();
  call.Step(LambdaAnswered{.request = call.contact().needs().request,
                           .payload = R"({"phone_number":"+15550177"})"});
  call.Step(ThirdPartyAnswered{.request = call.contact().needs().request, .outcome = GetParam()});

  ASSERT_NE(call.Last<InvokeLambda>(), nullptr);
  EXPECT_EQ(call.Last<InvokeLambda>()->payload.GetObject("Details").GetObject("Parameters"),
            (json::Object{{"cmd", "clean_number"}, {"DNIS", "+15550177"}}));
  call.Step(LambdaAnswered{.request = call.contact().needs().request, .payload = "{}"});
  EXPECT_THAT(call.Said(), ::testing::Contains(HasSubstr("We will close the call")));
  EXPECT_FALSE(call.EndReason().empty());
}

INSTANTIATE_TEST_SUITE_P(Outcomes, LegacyTransferFails,
                         ::testing::Values(ThirdPartyAnswered::Outcome::kCallFailed,
                                           ThirdPartyAnswered::Outcome::kTimeLimitExceeded));

}  // namespace
}  // namespace trunkline::sim::tests
