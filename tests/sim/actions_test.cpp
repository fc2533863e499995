// Each action type: what it does, and why it takes its error branch. Settings of the contact,
// callbacks, waiting and transfers: contact_actions_test.cpp.
#include <gmock/gmock.h>

#include "tests/sim/around.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// ---- MessageParticipant ----

TEST(PlayPrompt, SaysTextMarkupPromptsAndFiles) {
  TestCall text(Around("MessageParticipant", R"({"Text":"Hi $.CustomerEndpoint.Address."})"));
  TestCall markup(Around("MessageParticipant",
                         R"({"SSML":"<speak>One<break time='2s'/>two &amp; three</speak>"})"));
  TestCall prompt(Around("MessageParticipant", R"({"PromptId":"arn:prompt/welcome"})"));
  TestCall file(
      Around("MessageParticipant", R"({"Media":{"Uri":"https://b/1.wav","SourceType":"S3"}})"));
  for (TestCall* call : {&text, &markup, &prompt, &file}) call->Start();

  EXPECT_THAT(text.Said(), ElementsAre("customer: Hi +15550100."));
  EXPECT_THAT(markup.Said(), ElementsAre("customer: One two & three"));
  EXPECT_GE(markup.Last<Say>()->duration, std::chrono::seconds(2));
  EXPECT_THAT(prompt.Said(), ElementsAre("customer: Welcome to ACME."));
  EXPECT_THAT(file.Said(), ElementsAre("customer: https://b/1.wav"));
}

TEST(PlayPrompt, MovesTheClockByTheTimeItTakes) {
  TestCall call(Around("MessageParticipant", R"({"Text":"This takes a moment."})"),
                {.now = TimePoint{}});

  call.Start();

  EXPECT_EQ(call.contact().now() - TimePoint{}, call.Last<Say>()->duration);
  EXPECT_GT(call.Last<Say>()->duration, Milliseconds{0});
}

TEST(PlayPrompt, WhatCannotBePlayedIsAnError) {
  EXPECT_EQ(Outcome("MessageParticipant", R"({"PromptId":"nope"})"),
            "NoMatchingError: prompt 'nope' does not exist");
  EXPECT_EQ(Outcome("MessageParticipant", R"({"Text":"$.Attributes.none"})"),
            "NoMatchingError: the text is empty");
  EXPECT_EQ(OutcomeOnChat("MessageParticipant", R"({"PromptId":"p-welcome"})"),
            "NoMatchingError: a chat takes text only");
}

TEST(PlayPrompt, WithoutAnErrorBranchTheFlowGoesOn) {
  TestCall call(Around("MessageParticipant", R"({"PromptId":"nope"})", {{"next", "end"}}));

  call.Start();

  EXPECT_THAT(call.Ran(), ElementsAre("MessageParticipant NoMatchingError",
                                      "DisconnectParticipant disconnected"));
}

TEST(PlayPrompt, AMissingReferenceIsEmptyAndWarnedOf) {
  TestCall call(Around("MessageParticipant", R"({"Text":"Dear $.Attributes.name, hello"})"));

  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre("customer: Dear , hello"));
  EXPECT_THAT(call.Warnings(),
              ElementsAre("reference '$.Attributes.name' of action 'x' has no value here"));
}

// ---- GetParticipantInput ----

constexpr std::string_view kMenu =
    R"({"Text":"Press","StoreInput":"False","InputTimeLimitSeconds":"5"})";
const Branches kMenuBranches = {{"Equals 1", "end"},
                                {"Error:NoMatchingCondition", "end"},
                                {"Error:InputTimeLimitExceeded", "end"},
                                {"Error:NoMatchingError", "end"},
                                {"next", "end"}};

TEST(Menu, FollowsTheKeyTheTimeOutAndAnyOtherKey) {
  TestCall one(Around("GetParticipantInput", kMenu, kMenuBranches));
  TestCall other(Around("GetParticipantInput", kMenu, kMenuBranches));
  TestCall silent(Around("GetParticipantInput", kMenu, kMenuBranches));
  for (TestCall* call : {&one, &other, &silent}) call->Start();

  one.Step(CallerPressed{"1"});
  other.Step(CallerPressed{"7"});
  silent.Step(TimeAdvanced{std::chrono::seconds(5)});

  EXPECT_EQ(OutcomeOf(one), "Equals 1: 1");
  EXPECT_EQ(OutcomeOf(other), "NoMatchingCondition: 7");
  EXPECT_EQ(OutcomeOf(silent), "InputTimeLimitExceeded: no key is pressed");
}

TEST(Menu, KeysBehindTheFirstAreLostWithAWarning) {
  TestCall call(Around("GetParticipantInput", kMenu, kMenuBranches));
  call.Start();

  call.Step(CallerPressed{"123"});

  EXPECT_THAT(call.Warnings(), ElementsAre("2 keys were pressed that nobody had asked for"));
}

TEST(Menu, WorksOnVoiceOnly) {
  EXPECT_EQ(OutcomeOnChat("GetParticipantInput", kMenu),
            "NoMatchingError: keys are pressed on voice only");
}

std::string StoreParameters(std::string_view more) {
  return R"({"Text":"Your number","StoreInput":"True","InputTimeLimitSeconds":"5",)" +
         std::string(more) + "}";
}

std::string Stored(TestCall& call) {
  return call.contact().Read("$.Attributes.kept").value_or("none");
}

// Stores input, keeps it in an attribute, and stays at a menu so that it can be read.
TestCall StoreCall(const std::string& parameters) {
  const std::string keep =
      Action("keep", "UpdateContactAttributes",
             R"({"Attributes":{"kept":"$.StoredCustomerInput"},"TargetContact":"Current"})",
             {{"next", "end"}});
  World world = SmallWorld();
  world.flows.push_back(MakeFlow("main", "CONTACT_FLOW",
                                 Action("x", "GetParticipantInput", parameters,
                                        {{"next", "keep"},
                                         {"Error:NoMatchingError", "end"},
                                         {"Error:InvalidPhoneNumber", "end"}}) +
                                     "," + keep + "," +
                                     Action("end", "DisconnectParticipant", "{}")));
  TestCall call(std::move(world));
  call.Start();
  return call;
}

constexpr std::string_view kFourDigits =
    R"("InputValidation":{"CustomValidation":{"MaximumLength":"4"}})";

TEST(StoreInput, EndsAtTheMaximumTheTerminatorOrAPause) {
  TestCall full = StoreCall(StoreParameters(kFourDigits));
  TestCall hash = StoreCall(StoreParameters(kFourDigits));
  TestCall pause = StoreCall(StoreParameters(kFourDigits));

  full.Step(CallerPressed{"1234"});
  hash.Step(CallerPressed{"12#"});
  pause.Step(CallerPressed{"123"});
  pause.Step(TimeAdvanced{std::chrono::seconds(5)});

  EXPECT_EQ(Stored(full), "1234");
  EXPECT_EQ(Stored(hash), "12");
  EXPECT_EQ(Stored(pause), "123");
}

TEST(StoreInput, TheStarBeginsAgainUnlessItIsDisabled) {
  TestCall cancels = StoreCall(StoreParameters(kFourDigits));
  TestCall data = StoreCall(StoreParameters(
      std::string(kFourDigits) +
      R"(,"DTMFConfiguration":{"DisableCancelKey":"True","InputTerminationSequence":"##"})"));

  cancels.Step(CallerPressed{"12*34#"});
  data.Step(CallerPressed{"1*##"});

  EXPECT_EQ(Stored(cancels), "34");
  EXPECT_EQ(Stored(data), "1*");
}

TEST(StoreInput, SilenceIsASuccessWithTheValueTimeout) {
  TestCall call = StoreCall(StoreParameters(kFourDigits));

  call.Step(TimeAdvanced{std::chrono::seconds(5)});

  EXPECT_EQ(Stored(call), "Timeout");
}

TEST(StoreInput, APhoneNumberGetsItsCountryCodeOrIsRefused) {
  const std::string australian = StoreParameters(
      R"("InputValidation":{"PhoneNumberValidation":{"NumberFormat":"Local","CountryCode":"AU"}})");
  TestCall good = StoreCall(australian);
  TestCall bad = StoreCall(australian);

  good.Step(CallerPressed{"0412345678#"});
  bad.Step(CallerPressed{"12#"});

  EXPECT_EQ(Stored(good), "+61412345678");
  EXPECT_EQ(OutcomeOf(bad), "InvalidPhoneNumber: '12' is not a phone number of country 'AU'");
}

TEST(StoreInput, AnEncryptedValueIsNeverKeptInTheClear) {
  TestCall call = StoreCall(StoreParameters(
      std::string(kFourDigits) + R"(,"InputEncryption":{"EncryptionKeyId":"k","Key":"pem"})"));

  call.Step(CallerPressed{"1234"});

  EXPECT_EQ(Stored(call), "simulated-ciphertext");
  EXPECT_TRUE(call.Last<AskKeys>()->secret);
}

TEST(TouchToneBuffer, KeepsEarlyKeysForTheNextInput) {
  const std::string on =
      Action("on", "GetParticipantInput", R"({"EnableDTMFBuffer":"true"})", {{"next", "first"}}) +
      "," + Action("first", "GetParticipantInput", kMenu, {{"Equals 1", "x"}});
  TestCall call(Around("GetParticipantInput", kMenu, kMenuBranches, on));
  call.Start();

  call.Step(CallerPressed{"17"});

  EXPECT_EQ(OutcomeOf(call), "NoMatchingCondition: 7");
  EXPECT_THAT(call.Warnings(), IsEmpty());
}

// ---- Attributes ----

TEST(Attributes, AreSetFromTextAndReferences) {
  TestCall call(Around(
      "UpdateContactAttributes",
      R"({"Attributes":{"a":"x-$.Channel","b":"$.SystemEndpoint.Address"},"TargetContact":"Current"})"));

  call.Start();

  EXPECT_EQ(call.contact().attributes().GetString("a"), "x-VOICE");
  EXPECT_EQ(call.contact().attributes().GetString("b"), "+15550111");
}

TEST(Attributes, AreSetAllOrNotAtAll) {
  TestCall call(Around("UpdateContactAttributes", R"({"Attributes":{"good":"1","b.d":"2"}})"));

  EXPECT_EQ(OutcomeOf(call), "NoMatchingError: attribute name 'b.d' is empty or holds '$' or '.'");
  EXPECT_TRUE(call.contact().attributes().empty());
}

TEST(Attributes, OfTheRelatedContactAreToldToTheHost) {
  constexpr std::string_view kRelated = R"({"Attributes":{"a":"1"},"TargetContact":"Related"})";
  TestCall guide(Around("UpdateContactAttributes", kRelated), {.related_contact_id = "call-1"});

  EXPECT_EQ(Outcome("UpdateContactAttributes", kRelated),
            "NoMatchingError: the contact has no related contact");
  EXPECT_EQ(OutcomeOf(guide), "success");
  ASSERT_NE(guide.Last<RelatedUpdated>(), nullptr);
  EXPECT_EQ(guide.Last<RelatedUpdated>()->contact_id, "call-1");
  EXPECT_EQ(guide.Last<RelatedUpdated>()->parameters.GetObject("Attributes").GetString("a"), "1");
  EXPECT_EQ(guide.contact().Read("$.Attributes.a"), std::nullopt);
}

TEST(Attributes, HoldAtMost32Kilobytes) {
  EXPECT_THAT(Outcome("UpdateContactAttributes",
                      R"({"Attributes":{"a":")" + std::string(40'000, 'x') + R"("}})"),
              HasSubstr("at most 32768 fit"));
}

TEST(FlowAttributes, LiveInThisFlowOnly) {
  World world = Around("UpdateFlowAttributes", R"({"FlowAttributes":{"k":{"Value":"here"}}})",
                       {{"next", "say"}});
  world.flows[0] =
      MakeFlow("main", "CONTACT_FLOW",
               Action("x", "UpdateFlowAttributes", R"({"FlowAttributes":{"k":{"Value":"here"}}})",
                      {{"next", "say"}}) +
                   "," +
                   Action("say", "MessageParticipant", R"({"Text":"[$.FlowAttributes.k]"})",
                          {{"next", "go"}}) +
                   "," + Action("go", "TransferToFlow", R"({"ContactFlowId":"other"})"));
  world.flows.push_back(
      MakeFlow("other", "CONTACT_FLOW",
               Action("say", "MessageParticipant", R"({"Text":"[$.FlowAttributes.k]"})")));
  TestCall call(std::move(world));

  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre("customer: [here]", "customer: []"));
}

// ---- Compare, Loop, DistributeByPercentage ----

struct Comparison {
  std::string value, condition, outcome;
};

class Comparing : public ::testing::TestWithParam<Comparison> {};

TEST_P(Comparing, FollowsTheOperator) {
  const Comparison& row = GetParam();
  const std::string set =
      Action("set", "UpdateContactAttributes",
             R"({"Attributes":{"v":")" + row.value + R"(","limit":"10"}})", {{"next", "x"}});
  TestCall call(Around("Compare", R"({"ComparisonValue":"$.Attributes.v"})",
                       {{row.condition, "end"}, {"Error:NoMatchingCondition", "end"}}, set));

  EXPECT_EQ(OutcomeOf(call), row.outcome);
}

INSTANTIATE_TEST_SUITE_P(
    Operators, Comparing,
    ::testing::Values(Comparison{"gold", "Equals gold", "Equals gold: gold"},
                      Comparison{"Gold", "Equals gold", "NoMatchingCondition: Gold"},
                      Comparison{"gold-7", "TextStartsWith gold", "TextStartsWith gold: gold-7"},
                      Comparison{"gold-7", "TextEndsWith 7", "TextEndsWith 7: gold-7"},
                      Comparison{"gold-7", "TextContains ld-", "TextContains ld-: gold-7"},
                      Comparison{"9", "NumberLessThan 10", "NumberLessThan 10: 9"},
                      Comparison{"10", "NumberLessOrEqualTo 10", "NumberLessOrEqualTo 10: 10"},
                      Comparison{"10.5", "NumberGreaterThan 10", "NumberGreaterThan 10: 10.5"},
                      Comparison{"10", "NumberGreaterOrEqualTo 10",
                                 "NumberGreaterOrEqualTo 10: 10"},
                      Comparison{"ten", "NumberGreaterThan 1", "NoMatchingCondition: ten"},
                      Comparison{"12", "NumberGreaterThan $.Attributes.limit",
                                 "NumberGreaterThan $.Attributes.limit: 12"},
                      Comparison{"12", "Equals $.Attributes.none", "NoMatchingCondition: 12"}));

TEST(Compare, AMissingValueMatchesNothingWithoutAWarning) {
  TestCall call(Around("Compare", R"({"ComparisonValue":"$.Attributes.none"})",
                       {{"Equals x", "end"}, {"Error:NoMatchingCondition", "end"}}));

  EXPECT_EQ(OutcomeOf(call), "NoMatchingCondition: no value");
  EXPECT_THAT(call.Warnings(), IsEmpty());
}

TEST(Compare, AnOperatorThatIsNotSimulatedNeverHolds) {
  TestCall call(Around("Compare", R"({"ComparisonValue":"$.Channel"})",
                       {{"KeyExists x", "end"}, {"Error:NoMatchingCondition", "end"}}));

  EXPECT_EQ(OutcomeOf(call), "NoMatchingCondition: VOICE");
  EXPECT_THAT(call.Warnings(),
              ElementsAre("condition operator 'KeyExists' is not simulated: it never holds"));
}

TEST(Loop, ContinuesNTimesThenIsDoneAndStartsAgain) {
  World world = SmallWorld();
  world.flows.push_back(MakeFlow(
      "main", "CONTACT_FLOW",
      Action("x", "Loop", R"({"LoopCount":"2"})",
             {{"Equals ContinueLooping", "say"}, {"Equals DoneLooping", "again"}}) +
          "," + Action("say", "MessageParticipant", R"({"Text":"Round"})", {{"next", "x"}}) + "," +
          Action("again", "Loop", R"({"LoopCount":"1"})",
                 {{"Equals ContinueLooping", "x"}, {"Equals DoneLooping", "end"}}) +
          "," + Action("end", "DisconnectParticipant", "{}")));
  TestCall call(std::move(world));

  call.Start();

  EXPECT_EQ(call.Said().size(), 4U);
}

TEST(Loop, AZeroIsDoneAtOnceAndAWordIsAnError) {
  const Branches branches = {{"Equals ContinueLooping", "end"},
                             {"Equals DoneLooping", "end"},
                             {"Error:NoMatchingError", "end"}};
  TestCall zero(Around("Loop", R"({"LoopCount":"0"})", branches));
  TestCall word(Around("Loop", R"({"LoopCount":"many"})", branches));

  EXPECT_EQ(OutcomeOf(zero), "Equals DoneLooping: DoneLooping");
  EXPECT_EQ(OutcomeOf(word), "NoMatchingError: expected a loop count from 0 to 100 but got 'many'");
}

int FirstHalf(std::uint64_t seed) {
  TestCall call(Around("DistributeByPercentage", "{}",
                       {{"NumberLessThan 51", "end"}, {"Error:NoMatchingCondition", "end"}}),
                {.seed = seed});
  return OutcomeOf(call).starts_with("NumberLessThan") ? 1 : 0;
}

TEST(DistributeByPercentage, DrawsFromTheSeed) {
  int first = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) first += FirstHalf(seed);

  EXPECT_GT(first, 70);
  EXPECT_LT(first, 130);
  EXPECT_EQ(FirstHalf(7), FirstHalf(7));
}

// ---- Queues, hours, metrics ----

TEST(TargetQueue, SetsTheQueueNamespace) {
  TestCall call(Around("MessageParticipant",
                       R"({"Text":"$.Queue.Name $.Queue.OutboundCallerId.Address"})", {},
                       SetQueue()));

  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre("customer: Sales +15550199"));
}

TEST(TargetQueue, AnUnknownQueueOrAgentIsAnError) {
  EXPECT_EQ(Outcome("UpdateContactTargetQueue", R"({"QueueId":"nope"})"),
            "NoMatchingError: queue 'nope' does not exist");
  EXPECT_EQ(Outcome("UpdateContactTargetQueue", R"({"QueueId":"$.External.none"})"),
            "NoMatchingError: no queue is named");
  EXPECT_EQ(Outcome("UpdateContactTargetQueue", R"({"AgentId":"nobody"})"),
            "NoMatchingError: agent 'nobody' does not exist");
}

TEST(TransferToQueue, NeedsAnOpenQueueThatIsSet) {
  EXPECT_EQ(Outcome("TransferContactToQueue", "{}"), "NoMatchingError: no working queue is set");
  World full =
      Around("TransferContactToQueue", "{}", {{"Error:QueueAtCapacity", "end"}}, SetQueue());
  full.queues[0].max_contacts = 3;
  full.queues[0].metrics.contacts = 3;
  World off = Around("TransferContactToQueue", "{}", {}, SetQueue());
  off.queues[0].enabled = false;
  TestCall full_call(std::move(full));
  TestCall off_call(std::move(off));

  EXPECT_EQ(OutcomeOf(full_call), "QueueAtCapacity: queue 'Sales' is full");
  EXPECT_EQ(OutcomeOf(off_call), "NoMatchingError: queue 'Sales' is disabled");
}

TEST(CheckHours, ReadsTheNamedHoursOrThoseOfTheQueue) {
  const Branches branches = {
      {"Equals True", "end"}, {"Equals False", "end"}, {"Error:NoMatchingError", "end"}};
  TestCall named(
      Around("CheckHoursOfOperation", R"({"HoursOfOperationId":"arn:hours/always"})", branches));
  TestCall of_queue(Around("CheckHoursOfOperation", "{}", branches, SetQueue()));
  TestCall none(Around("CheckHoursOfOperation", "{}", branches));
  World never = Around("CheckHoursOfOperation", R"({"HoursOfOperationId":"h-always"})", branches);
  never.hours[0].slots.clear();
  TestCall closed(std::move(never));

  EXPECT_EQ(OutcomeOf(named), "Equals True: True");
  EXPECT_EQ(OutcomeOf(of_queue), "Equals True: True");
  EXPECT_EQ(OutcomeOf(none), "NoMatchingError: no working queue is set, and no hours are named");
  EXPECT_EQ(OutcomeOf(closed), "Equals False: False");
}

TEST(CheckMetrics, ComparesAgentsAndMilliseconds) {
  World world =
      Around("CheckMetricData", R"({"MetricType":"OldestContactInQueueAgeSeconds"})",
             {{"NumberLessThan 300000", "end"}, {"Error:NoMatchingCondition", "end"}}, SetQueue());
  world.queues[0].metrics.oldest_age_seconds = 299;
  TestCall oldest(std::move(world));
  TestCall staffed(Around("CheckMetricData",
                          R"({"MetricType":"NumberOfAgentsStaffed","QueueId":"q-finance"})",
                          {{"NumberGreaterThan 0", "end"}, {"Error:NoMatchingCondition", "end"}}));

  EXPECT_EQ(OutcomeOf(oldest), "NumberLessThan 300000: 299000");
  EXPECT_EQ(OutcomeOf(staffed), "NumberGreaterThan 0: 1");
  EXPECT_EQ(Outcome("CheckMetricData", R"({"MetricType":"Moon","QueueId":"q-sales"})"),
            "NoMatchingError: there is no metric 'Moon'");
  EXPECT_EQ(Outcome("CheckMetricData", R"({"MetricType":"NumberOfAgentsStaffed"})"),
            "NoMatchingError: queue '(none is set)' does not exist");
}

TEST(GetMetrics, FillTheMetricsNamespace) {
  const std::string get = SetQueue() + "," + Action("y", "GetMetricData", "{}", {{"next", "x"}});
  World world = Around(
      "MessageParticipant",
      R"({"Text":"$.Metrics.Queue.Size waiting, $.Metrics.Agents.Online.Count online"})", {},
      Action("queue", "UpdateContactTargetQueue", R"({"QueueId":"q-sales"})", {{"next", "y"}}) +
          "," + Action("y", "GetMetricData", "{}", {{"next", "x"}}));
  world.queues[0].metrics.contacts = 4;
  TestCall call(std::move(world));

  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre("customer: 4 waiting, 1 online"));
}

}  // namespace
}  // namespace trunkline::sim::tests
