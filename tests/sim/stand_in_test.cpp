// Actions of services that are not here: how they go by themselves, and how a host tells them to.
#include "sim/stand_in.h"

#include <chrono>

#include <gmock/gmock.h>

#include "flow/catalogue.h"
#include "sim/actions/list.h"
#include "sim/transcript.h"
#include "tests/sim/around.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

// A contact that stops before action "x", which then goes as told; what `say` is heard behind it.
TestCall Told(std::string_view type, GoOn go_on, const std::string& say = "-",
              std::string_view branch = "next") {
  World world = SmallWorld();
  Branches branches{{"next", "bye"}, {"Error:NoMatchingError", "bye"}};
  if (branch != "next") branches.insert(branches.begin(), {std::string(branch), "say"});
  if (branch == "next") branches.front().second = "say";
  world.flows.push_back(MakeFlow(
      "main", "CONTACT_FLOW",
      Action("x", type, "{}", branches) + "," +
          Action("say", "MessageParticipant", R"({"Text":")" + say + R"("})", {{"next", "bye"}}) +
          "," + Action("bye", "DisconnectParticipant", "{}")));
  TestCall call(std::move(world), {.stops = true});
  call.Start();
  go_on.request = call.Last<Stopped>()->request;
  call.Step(go_on);
  while (call.EndReason().empty()) call.Step(GoOn{.request = call.Last<Stopped>()->request});
  return call;
}

std::string Noted(TestCall& call) {
  Transcript transcript;
  for (const Effect& effect : call.effects())
    if (std::holds_alternative<StoodIn>(effect.what)) Note(transcript, effect);
  return transcript.lines.empty() ? "" : transcript.lines.front().text;
}

TEST(StandIn, IsNoTypeThatIsSimulatedAndOneOfTheCatalogue) {
  for (const StandIn& row : AllStandIns()) {
    EXPECT_EQ(FindRunner(row.type), nullptr) << row.type;
    EXPECT_NE(flow::FindActionKind(row.type), nullptr) << row.type;
    EXPECT_FALSE(row.why.empty()) << row.type;
  }
}

TEST(StandIn, OfALookUpFindsNothing) {
  TestCall call(
      Around("GetCustomerProfile",
             R"({"ProfileRequestData":{"IdentifierName":"_phone","IdentifierValue":"1"}})",
             {{"next", "end"}, {"Error:NoneFoundError", "end"}}));

  EXPECT_EQ(OutcomeOf(call), "NoneFoundError: no customer profiles are kept here");
  EXPECT_EQ(Noted(call),
            "GetCustomerProfile stands in: NoneFoundError (no customer profiles are kept here)");
}

TEST(StandIn, ThatCreatesSomethingSucceedsAndWhatItWroteCanBeRead) {
  TestCall call(Around(
      "MessageParticipant", R"({"Text":"$.Customer.FirstName $.Case.title"})", {},
      Action("profile", "CreateCustomerProfile",
             R"({"ProfileRequestData":{"FirstName":"Ada"},"ProfileResponseData":["FirstName"]})",
             {{"next", "case"}}) +
          "," +
          Action("case", "CreateCase",
                 R"({"CaseTemplateId":"t","CaseRequestFields":{"title":"Late"}})",
                 {{"next", "x"}})));
  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre("customer: Ada Late"));
  EXPECT_THAT(call.Warnings(), IsEmpty());
}

TEST(StandIn, MakesTheIdsThatOtherActionsNeed) {
  TestCall call(
      Around("MessageParticipant", R"({"Text":"$.Wisdom.SessionArn|$.Case.case_id"})", {},
             Action("session", "CreateWisdomSession", R"({"WisdomAssistantArn":"arn:a"})",
                    {{"next", "case"}}) +
                 "," + Action("case", "CreateCase", R"({"CaseTemplateId":"t"})", {{"next", "x"}})));
  call.Start();

  EXPECT_THAT(call.Said(),
              ElementsAre(MatchesRegex("customer: arn:aws:wisdom:eu-central-1:.*/[0-9a-f-]+"
                                       "\\|[0-9a-f-]+")));
}

TEST(StandIn, ThatAsksTheCustomerWaitsUntilItsTimeIsUp) {
  TestCall call(
      Around("ShowView",
             R"({"ViewResource":{"Id":"arn:aws:view/form:1"},"InvocationTimeLimitSeconds":"300"})",
             {{"Equals Next", "end"}, {"Error:TimeLimitExceeded", "end"}}),
      {.channel = Channel::kChat, .now = TimePoint{}});
  call.Start();
  EXPECT_EQ(OutcomeOf(call), "not run");

  call.Step(TimeAdvanced{std::chrono::seconds(300)});

  EXPECT_EQ(OutcomeOf(call), "TimeLimitExceeded: nobody looks at views here");
  EXPECT_EQ(call.contact().now() - TimePoint{}, std::chrono::seconds(300));
}

TEST(StandIn, OnAChannelWhereItDoesNotWorkIsAnError) {
  EXPECT_EQ(Outcome("ShowView", R"({"InvocationTimeLimitSeconds":"300"})"),
            "NoMatchingError: it does not work on the channel VOICE");
}

TEST(StandIn, GoesAsItIsToldAndSetsWhatItIsToldTo) {
  TestCall call =
      Told("GetCustomerProfile",
           {.succeeds = true, .attributes = {{"Customer", json::Object{{"FirstName", "Ada"}}}}},
           "Hello $.Customer.FirstName");

  EXPECT_THAT(call.Said(), ElementsAre("customer: Hello Ada"));
  EXPECT_EQ(Noted(call), "GetCustomerProfile stands in: success (as told)");
}

TEST(StandIn, TakesTheErrorItIsToldTo) {
  TestCall call = Told("GetCase", {.error = "MultipleFound"}, "two", "Error:MultipleFound");

  EXPECT_THAT(call.Said(), ElementsAre("customer: two"));
}

TEST(StandIn, OfAViewGivesTheActionAndTheForm) {
  TestCall call =
      Told("ShowView",
           {.result = "Next",
            .attributes = {{"Views",
                            json::Object{{"ViewResultData", json::Object{{"email", "a@b.c"}}}}}}},
           "$.Views.Action $.Views.ViewResultData.email", "Equals Next");

  EXPECT_THAT(call.Said(), ElementsAre("customer: Next a@b.c"));
}

TEST(StandIn, CanSetSegmentAttributesOfTheContact) {
  TestCall call =
      Told("AuthenticateParticipant",
           {.succeeds = true,
            .attributes = {{"SegmentAttributes",
                            json::Object{{"connect:CustomerAuthentication",
                                          json::Object{{"Status", "AUTHENTICATED"}}}}}}},
           "$.SegmentAttributes['connect:CustomerAuthentication']['Status'] "
           "$.SegmentAttributes['connect:Subtype']");

  EXPECT_THAT(call.Said(), ElementsAre("customer: AUTHENTICATED connect:Telephony"));
}

TEST(StandIn, WhatOneSetsIsNotSeenInAModule) {
  World world = SmallWorld();
  world.modules.push_back(
      {.latest = MakeFlow("m", "MODULE",
                          Action("say", "MessageParticipant", R"({"Text":"[$.Case.case_id]"})",
                                 {{"next", "back"}}) +
                              "," + Action("back", "EndFlowModuleExecution", "{}"))});
  world.flows.push_back(MakeFlow(
      "main", "CONTACT_FLOW",
      Action("case", "CreateCase", R"({"CaseTemplateId":"t"})", {{"next", "module"}}) + "," +
          Action("module", "InvokeFlowModule", R"({"FlowModuleId":"m"})", {{"next", "end"}}) + "," +
          Action("end", "DisconnectParticipant", "{}")));
  TestCall call(std::move(world));
  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre("customer: []"));
}

// ---- Types with a meaning here ----

TEST(SendMessage, CreatesAContactThatTheHostMayStart) {
  constexpr std::string_view kMessage =
      R"({"SourceEndpoint":{"Type":"CONNECT_PHONENUMBER_ARN","Address":"arn:n"},
          "DestinationEndpoint":{"Type":"TELEPHONE_NUMBER","Address":"$.CustomerEndpoint.Address"},
          "ContactFlowArn":"main","InitialSystemMessage":{"Content":"Hi"}})";
  TestCall call(Around("StartOutboundChatContact", kMessage));
  call.Start();

  ASSERT_NE(call.Last<ContactCreated>(), nullptr);
  EXPECT_EQ(call.Last<ContactCreated>()->to, "+15550100");
  EXPECT_EQ(call.Last<ContactCreated>()->message, "Hi");
  EXPECT_EQ(Outcome("StartOutboundChatContact", R"({"ContactFlowArn":"nope"})"),
            "NoMatchingError: flow 'nope' does not exist");
  EXPECT_EQ(Outcome("StartOutboundChatContact", R"({"ContactFlowArn":"main"})"),
            "NoMatchingError: the message has no destination");
}

TEST(CreateContact, TellsTheHostOfTheNewContact) {
  TestCall call(Around("CreateContact", R"({"Channel":"TASK","Attributes":{"k":"v"}})"));
  call.Start();

  ASSERT_NE(call.Last<ContactCreated>(), nullptr);
  EXPECT_EQ(call.Last<ContactCreated>()->channel, "TASK");
  EXPECT_EQ(call.Last<ContactCreated>()->attributes.GetString("k"), "v");
  EXPECT_EQ(Outcome("CreateContact", R"({"ContactFlowId":"nope"})"),
            "NoMatchingError: flow 'nope' does not exist");
}

TEST(MediaProcessing, IsForChats) {
  constexpr std::string_view kProcessor =
      R"({"ChatProcessor":{"ProcessingEnabled":"True","LambdaProcessorARN":"arn:f:mask"}})";
  TestCall call(Around("UpdateContactMediaProcessing", kProcessor,
                       {{"next", "end"}, {"Error:ChannelMismatch", "end"}}));

  EXPECT_EQ(OutcomeOf(call), "ChannelMismatch: the contact's channel is VOICE");
  EXPECT_EQ(OutcomeOnChat("UpdateContactMediaProcessing", kProcessor), "success");
  EXPECT_THAT(OutcomeOnChat("UpdateContactMediaProcessing",
                            R"({"ChatProcessor":{"ProcessingEnabled":"True"}})"),
              HasSubstr("no function is named"));
}

// A contact in queue Sales whose queue flow runs action "x".
TestCall Queued(std::string_view type, std::string_view parameters,
                Answering::Mode mode = Answering::Mode::kNobody) {
  World world = SmallWorld();
  world.answering.mode = mode;
  world.agents.push_back({.id = "a-bob", .user_name = "bob", .queues = {"none"}});
  world.agents.push_back({.id = "a-cat", .user_name = "cat", .available = false});
  world.flows.push_back(
      MakeFlow("queue", "CUSTOMER_QUEUE",
               Action("x", type, parameters, {{"next", "end"}, {"Error:NoMatchingError", "end"}}) +
                   "," + Action("end", "EndFlowExecution", "{}")));
  world.defaults.customer_queue_flow = "queue";
  world.flows.push_back(MakeFlow(
      "main", "CONTACT_FLOW",
      Action("q", "UpdateContactTargetQueue", R"({"QueueId":"q-sales"})", {{"next", "t"}}) + "," +
          Action("t", "TransferContactToQueue", "{}")));
  TestCall call(std::move(world));
  call.Start();
  return call;
}

TEST(InterruptAgent, OffersTheContactToThisAgent) {
  TestCall call =
      Queued("RouteContactToAgent", R"({"AgentId":"bob"})", Answering::Mode::kAfterFirstMessage);

  ASSERT_NE(call.Last<Joined>(), nullptr);
  EXPECT_EQ(call.Last<Joined>()->agent, "bob");
}

TEST(InterruptAgent, RingsForThirtySeconds) {
  TestCall late = Queued("RouteContactToAgent", R"({"AgentId":"bob"})");
  TestCall soon = Queued("RouteContactToAgent", R"({"AgentId":"bob"})");
  late.Step(TimeAdvanced{std::chrono::seconds(31)});
  late.Step(AgentAccepted{});
  soon.Step(TimeAdvanced{std::chrono::seconds(29)});
  soon.Step(AgentAccepted{});

  EXPECT_EQ(late.Last<AgentConnecting>()->agent, "ada");
  EXPECT_EQ(soon.Last<AgentConnecting>()->agent, "bob");
}

TEST(InterruptAgent, OfAnAgentWhoIsNotThereIsAnError) {
  TestCall offline = Queued("RouteContactToAgent", R"({"AgentId":"cat"})");
  TestCall unknown = Queued("RouteContactToAgent", R"({"AgentId":"dan"})");

  EXPECT_EQ(OutcomeOf(offline), "NoMatchingError: agent 'cat' is offline");
  EXPECT_EQ(OutcomeOf(unknown), "NoMatchingError: agent 'dan' does not exist");
}

TEST(TransferToAgent, ConnectsTheAgentAndEndsTheCallWhenHeIsBusy) {
  World world = SmallWorld();
  world.flows.push_back(
      MakeFlow("main", "AGENT_TRANSFER", Action("x", "TransferContactToAgent", "{}")));
  World busy = world;
  busy.agents.front().available = false;
  TestCall free(std::move(world));
  TestCall taken(std::move(busy));
  free.Start();
  taken.Start();

  ASSERT_NE(free.Last<Joined>(), nullptr);
  EXPECT_EQ(free.Last<Joined>()->agent, "ada");
  EXPECT_EQ(taken.EndReason(), "agent 'ada' is busy");
}

TEST(CallPhoneNumber, DialsTheCustomer) {
  World world = SmallWorld();
  world.flows.push_back(
      MakeFlow("main", "OUTBOUND_WHISPER",
               Action("x", "CompleteOutboundCall", R"({"CallerId":{"Number":"+15550142"}})",
                      {{"next", "end"}}) +
                   "," + Action("end", "EndFlowExecution", "{}")));
  TestCall call(std::move(world));
  call.Start();

  ASSERT_NE(call.Last<CustomerDialled>(), nullptr);
  EXPECT_EQ(call.Last<CustomerDialled>()->number, "+15550100");
  EXPECT_EQ(call.Last<CustomerDialled>()->caller_id, "+15550142");
}

TEST(ResumeTask, IsForTasksThatArePaused) {
  EXPECT_EQ(Outcome("ResumeContact", "{}"), "NoMatchingError: only tasks are paused and resumed");
  TestCall task(Around("ResumeContact", "{}"), {.channel = Channel::kTask});
  EXPECT_EQ(OutcomeOf(task), "NoMatchingError: the task is not paused");
}

}  // namespace
}  // namespace trunkline::sim::tests
