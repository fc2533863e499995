// Actions on the contact as a whole: what they do, and why they take their error branch.
#include <gmock/gmock.h>

#include "tests/sim/around.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// ---- Settings of the contact ----

TEST(EventHooks, AreCheckedWhenTheyAreSet) {
  EXPECT_EQ(Outcome("UpdateContactEventHooks", R"({"EventHooks":{"CustomerQueue":"nope"}})"),
            "NoMatchingError: flow 'nope' does not exist");
  EXPECT_EQ(Outcome("UpdateContactEventHooks", R"({"EventHooks":{"Lunch":"main"}})"),
            "NoMatchingError: there is no event hook 'Lunch'");
  EXPECT_EQ(Outcome("UpdateContactEventHooks", R"({"EventHooks":{"CustomerQueue":"main"}})"),
            "success");
}

TEST(ContactData, SetsSystemFields) {
  TestCall call(Around(
      "MessageParticipant", R"({"Text":"$.Name $.LanguageCode $.CustomerId"})", {},
      Action("data", "UpdateContactData",
             R"({"Name":"Ann","LanguageCode":"es-US","CustomerId":"c7"})", {{"next", "x"}})));

  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre("customer: Ann es-US c7"));
}

TEST(Voice, IsReadableAndAnEmptyOneFallsBackToJoanna) {
  TestCall set(Around("MessageParticipant", R"({"Text":"$.TextToSpeechVoiceId"})", {},
                      Action("voice", "UpdateContactTextToSpeechVoice",
                             R"({"TextToSpeechVoice":"Lupe"})", {{"next", "x"}})));
  set.Start();

  EXPECT_THAT(set.Said(), ElementsAre("customer: Lupe"));
  EXPECT_EQ(Outcome("UpdateContactTextToSpeechVoice", R"({"TextToSpeechVoice":"$.External.none"})"),
            "NoMatchingError: no voice is named");
}

TEST(Recording, IsRememberedAndRefusedForTheOtherChannel) {
  EXPECT_EQ(Outcome("UpdateContactRecordingBehavior",
                    R"({"RecordingBehavior":{"RecordedParticipants":["Agent"]}})"),
            "success");
  EXPECT_EQ(Outcome("UpdateContactRecordingAndAnalyticsBehavior", R"({"VoiceBehavior":{}})"),
            "success");
  TestCall chat(Around("UpdateContactRecordingAndAnalyticsBehavior", R"({"VoiceBehavior":{}})",
                       {{"Error:ChannelMismatch", "end"}}),
                {.channel = Channel::kChat});
  EXPECT_EQ(OutcomeOf(chat), "ChannelMismatch: the contact's channel is CHAT");
}

TEST(Routing, PriorityGoesToTheQueue) {
  const std::string first = Action("priority", "UpdateContactRoutingBehavior",
                                   R"({"QueuePriority":"2"})", {{"next", "queue"}}) +
                            "," + SetQueue();
  TestCall call(Around("TransferContactToQueue", "{}", {}, first));

  call.Start();

  ASSERT_NE(call.Last<Queued>(), nullptr);
  EXPECT_EQ(call.Last<Queued>()->priority, 2);
}

TEST(Routing, ByHierarchyIsRememberedAndNeedsOne) {
  EXPECT_EQ(
      Outcome(
          "UpdateContactRoutingBehavior",
          R"({"RoutingProficiencies":{"AgentHierarchyProficiency":{"AgentHierarchy":"arn:h"}}})"),
      "success");
  EXPECT_EQ(Outcome("UpdateContactRoutingBehavior",
                    R"({"RoutingProficiencies":{"AgentHierarchyProficiency":{}}})"),
            "NoMatchingError: no agent hierarchy is named");
}

TEST(ContactData, TakesTheSessionOfAnAssistant) {
  EXPECT_EQ(Outcome("UpdateContactData", R"({"WisdomSessionArn":"$.Wisdom.SessionArn"})",
                    Action("session", "CreateWisdomSession", R"({"WisdomAssistantArn":"arn:a"})",
                           {{"next", "x"}})),
            "success");
  EXPECT_EQ(Outcome("UpdateContactData", R"({"WisdomSessionArn":"$.Wisdom.SessionArn"})"),
            "NoMatchingError: the session of the assistant has no ARN");
}

TEST(Routing, CriteriaMustBeAnObject) {
  EXPECT_EQ(Outcome("UpdateContactRoutingCriteria",
                    R"({"RoutingCriteria":{"Steps":[{"Expression":{}}]}})"),
            "success");
  EXPECT_EQ(Outcome("UpdateContactRoutingCriteria", R"({"RoutingCriteria":"$.External.none"})"),
            "NoMatchingError: the routing criteria are no object");
}

TEST(MediaStreaming, SetsItsAttributes) {
  const std::string start =
      Action("start", "UpdateContactMediaStreamingBehavior",
             R"({"MediaStreamingState":"Enabled","MediaStreamType":"Audio"})", {{"next", "x"}});
  TestCall call(Around("MessageParticipant",
                       R"({"Text":"$.MediaStreams.Customer.Audio.StreamARN"})", {}, start));
  call.Start();

  EXPECT_THAT(call.Said(),
              ElementsAre(HasSubstr("arn:aws:kinesisvideo:eu-central-1:123456789012:stream/")));
  EXPECT_EQ(Outcome("UpdateContactMediaStreamingBehavior", R"({"MediaStreamingState":"Disabled"})"),
            "NoMatchingError: no media is being streamed");
}

TEST(ParticipantState, TakesItsThreeWords) {
  EXPECT_EQ(Outcome("UpdatePreviousContactParticipantState",
                    R"({"PreviousContactParticipantState":"OffHold"})"),
            "success");
  EXPECT_EQ(Outcome("UpdatePreviousContactParticipantState",
                    R"({"PreviousContactParticipantState":"Gone"})"),
            "NoMatchingError: expected AgentOnHold, CustomerOnHold or OffHold but got 'Gone'");
}

TEST(Tags, AreSetReadAndRemoved) {
  const std::string first =
      Action("tag", "TagContact", R"({"Tags":{"k":"v"}})", {{"next", "say"}}) + "," +
      Action("say", "MessageParticipant", R"({"Text":"[$.Tags.k]"})", {{"next", "untag"}}) + "," +
      Action("untag", "UntagContact", R"({"TagKeys":["k"]})", {{"next", "x"}});
  TestCall call(Around("MessageParticipant", R"({"Text":"[$.Tags.k]"})", {}, first));
  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre("customer: [v]", "customer: []"));
  EXPECT_EQ(Outcome("TagContact", R"({"Tags":{"aws:x":"v"}})"),
            "NoMatchingError: tag 'aws:x' begins with 'aws:', which is reserved");
  EXPECT_EQ(Outcome("UntagContact", "{}"), "NoMatchingError: no tag is named");
}

// ---- Callbacks, tasks, third parties, waiting ----

TEST(Callback, IsOrderedForTheCallersNumber) {
  TestCall call(Around(
      "CreateCallbackContact",
      R"({"InitialCallDelaySeconds":"5","MaximumConnectionAttempts":"2","RetryDelaySeconds":"600"})",
      {}, SetQueue()));
  call.Start();

  ASSERT_NE(call.Last<CallbackCreated>(), nullptr);
  EXPECT_EQ(call.Last<CallbackCreated>()->number, "+15550100");
  EXPECT_EQ(call.Last<CallbackCreated>()->queue_name, "Sales");
  EXPECT_EQ(call.Last<CallbackCreated>()->attempts, 2);
  EXPECT_EQ(Outcome("CreateCallbackContact", R"({"QueueId":"q-sales"})"),
            "NoMatchingError: a delay is not between 1 and 259200 seconds");
}

TEST(CallbackNumber, MustBeANumberWithItsCountry) {
  TestCall bad(Around("UpdateContactCallbackNumber", R"({"CallbackNumber":"$.Channel"})",
                      {{"Error:InvalidCallbackNumber", "end"}}));

  EXPECT_EQ(OutcomeOf(bad), "InvalidCallbackNumber: 'VOICE' is not a number like +15550100");
  EXPECT_EQ(
      Outcome("UpdateContactCallbackNumber", R"({"CallbackNumber":"$.SystemEndpoint.Address"})"),
      "success");
}

TEST(Task, OfATemplateIsCreatedWithoutWhatTheTemplateHolds) {
  TestCall call(Around("CreateTask", R"({"TaskTemplateId":"t-1"})"));
  call.Start();

  ASSERT_NE(call.Last<TaskCreated>(), nullptr);
  EXPECT_EQ(call.Last<TaskCreated>()->name, "t-1");
  EXPECT_THAT(call.Warnings(), ElementsAre("what task template 't-1' fills in is not known here"));
}

TEST(Task, IsCreatedAndItsIdReadable) {
  TestCall call(
      Around("CreateTask",
             R"({"Name":"Call back","ContactFlowId":"main","Attributes":{"k":"$.Channel"}})"));
  call.Start();

  ASSERT_NE(call.Last<TaskCreated>(), nullptr);
  EXPECT_EQ(call.Last<TaskCreated>()->attributes.GetString("k"), "VOICE");
  EXPECT_EQ(call.contact().Read("$.Task.ContactId"), call.Last<TaskCreated>()->contact_id);
  EXPECT_EQ(Outcome("CreateTask", R"({"Name":"x","ContactFlowId":"nope"})"),
            "NoMatchingError: flow 'nope' does not exist");
}

constexpr std::string_view kThirdParty =
    R"({"ThirdPartyPhoneNumber":"+15550177","ThirdPartyConnectionTimeLimitSeconds":"30","ContinueFlowExecution":"True"})";

TEST(ThirdParty, ComesBackToTheFlowWhenItHangsUp) {
  TestCall call(Around("TransferParticipantToThirdParty", kThirdParty));
  call.Start();
  call.Step(ThirdPartyAnswered{.request = call.contact().needs().request});
  EXPECT_EQ(call.contact().phase(), Phase::kThirdParty);

  call.Step(ThirdPartyLeft{});

  EXPECT_THAT(call.Ran(), ElementsAre("TransferParticipantToThirdParty success",
                                      "DisconnectParticipant disconnected"));
}

TEST(ThirdParty, WithoutReturnTheContactEndsThere) {
  TestCall call(Around("TransferParticipantToThirdParty",
                       R"({"ThirdPartyPhoneNumber":"+15550177","ContinueFlowExecution":"False"})"));
  call.Start();

  call.Step(ThirdPartyAnswered{.request = call.contact().needs().request});

  EXPECT_EQ(call.EndReason(), "the call was transferred to +15550177");
}

TEST(ThirdParty, FailuresHaveBranchesOfTheirOwn) {
  const Branches branches = {{"Error:CallFailed", "end"},
                             {"Error:ConnectionTimeLimitExceeded", "end"}};
  TestCall failed(Around("TransferParticipantToThirdParty", kThirdParty, branches));
  TestCall late(Around("TransferParticipantToThirdParty", kThirdParty, branches));
  failed.Start();
  late.Start();

  failed.Step(ThirdPartyAnswered{.request = failed.contact().needs().request,
                                 .outcome = ThirdPartyAnswered::Outcome::kCallFailed});
  late.Step(TimeAdvanced{std::chrono::seconds(31)});

  EXPECT_EQ(OutcomeOf(failed), "CallFailed: the call failed");
  EXPECT_EQ(OutcomeOf(late), "ConnectionTimeLimitExceeded: nobody answered");
  EXPECT_EQ(Outcome("TransferParticipantToThirdParty", R"({"ThirdPartyPhoneNumber":"911"})"),
            "NoMatchingError: '911' is not a number like +15550100");
}

TEST(Wait, EndsWithTimeOrWithTheCustomer) {
  const Branches branches = {{"Equals WaitCompleted", "end"},
                             {"Equals CustomerReturned", "end"},
                             {"Error:NoMatchingError", "end"}};
  constexpr std::string_view kWait = R"({"TimeLimitSeconds":"60","Events":["CustomerReturned"]})";
  TestCall over(Around("Wait", kWait, branches), {.channel = Channel::kChat});
  TestCall back(Around("Wait", kWait, branches), {.channel = Channel::kChat});
  TestCall voice(Around("Wait", kWait, branches));
  over.Start();
  back.Start();

  over.Step(TimeAdvanced{std::chrono::seconds(60)});
  back.Step(CallerReturned{});

  EXPECT_EQ(OutcomeOf(over), "Equals WaitCompleted: WaitCompleted");
  EXPECT_EQ(OutcomeOf(back), "Equals CustomerReturned: CustomerReturned");
  EXPECT_EQ(OutcomeOf(voice), "NoMatchingError: a voice contact cannot wait");
}

// ---- Flows ----

TEST(TransferToFlow, NeedsAPublishedFlowOfAFittingType) {
  World draft = Around("TransferToFlow", R"({"ContactFlowId":"other"})");
  draft.flows.push_back(
      MakeFlow("other", "CONTACT_FLOW", Action("a", "DisconnectParticipant", "{}")));
  draft.flows.back().published = false;
  World whisper = Around("TransferToFlow", R"({"ContactFlowId":"other"})");
  whisper.flows.push_back(
      MakeFlow("other", "AGENT_WHISPER", Action("a", "EndFlowExecution", "{}")));
  TestCall draft_call(std::move(draft));
  TestCall whisper_call(std::move(whisper));

  EXPECT_EQ(OutcomeOf(draft_call), "NoMatchingError: flow 'other' is not published");
  EXPECT_EQ(
      OutcomeOf(whisper_call),
      "NoMatchingError: flow 'other' has type AGENT_WHISPER, which is no target of a transfer");
  EXPECT_EQ(Outcome("TransferToFlow", R"({"ContactFlowId":"nope"})"),
            "NoMatchingError: flow 'nope' does not exist");
}

TEST(NextActions, OneThatDoesNotExistEndsTheFlowWithAWarning) {
  TestCall call(Around("UpdateFlowLoggingBehavior", R"({"FlowLoggingBehavior":"Enabled"})",
                       {{"next", "nowhere"}}));

  call.Start();

  EXPECT_THAT(call.Warnings(),
              ElementsAre("flow 'main' has no action 'nowhere': the flow ends there"));
  EXPECT_EQ(call.EndReason(), "the flow ended");
}

TEST(Errors, WithoutABranchEndTheFlowWithAWarning) {
  TestCall call(Around("UpdateContactTargetQueue", R"({"QueueId":"nope"})", {{"next", "end"}}));

  call.Start();

  EXPECT_THAT(
      call.Warnings(),
      ElementsAre("action 'x' took the error 'NoMatchingError', which has no branch: the flow ends "
                  "(queue 'nope' does not exist)"));
  EXPECT_EQ(call.EndReason(), "the flow ended");
}

}  // namespace
}  // namespace trunkline::sim::tests
