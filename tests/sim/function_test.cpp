// Functions, modules and bots: what a flow gets from others, and what it keeps to itself.
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "sim/contact.h"
#include "sim/lambda.h"
#include "tests/sim/fixture.h"

namespace trunkline::sim::tests {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Branches = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view kArn = "arn:aws:lambda:eu-central-1:123456789012:function:lookup:live";

std::string Invoke(std::string_view id, std::string_view next, std::string_view more = "") {
  return Action(id, "InvokeLambdaFunction",
                R"({"LambdaFunctionARN":")" + std::string(kArn) + R"(")" + std::string(more) + "}",
                {{"next", std::string(next)}, {"Error:NoMatchingError", "sorry"}});
}

std::string Say(std::string_view id, std::string_view text, std::string_view next) {
  return Action(id, "MessageParticipant", R"({"Text":")" + std::string(text) + R"("})",
                {{"next", std::string(next)}});
}

World FunctionWorld(std::string_view more = "", std::string_view text = "[$.External.tier]") {
  World world = SmallWorld();
  world.flows.push_back(MakeFlow("main", "CONTACT_FLOW",
                                 Invoke("f", "say", more) + "," + Say("say", text, "end") + "," +
                                     Say("sorry", "Sorry", "end") + "," +
                                     Action("end", "DisconnectParticipant", "{}")));
  return world;
}

// Why the function's action took its error branch, or "success".
std::string Outcome(const TestCall& call) {
  for (const Effect& effect : call.effects()) {
    const auto* ran = std::get_if<Ran>(&effect.what);
    if (ran != nullptr && ran->type == "InvokeLambdaFunction" && ran->outcome != "waiting") {
      return ran->detail.empty() ? ran->outcome : ran->detail;
    }
  }
  return "not run";
}

std::string OutcomeOfAnswer(LambdaAnswered answer, std::string_view more = "") {
  TestCall call(FunctionWorld(more));
  call.Start();
  answer.request = call.contact().needs().request;
  call.Step(answer);
  return Outcome(call);
}

TEST(Function, GetsTheContactAsAnEvent) {
  TestCall call(
      FunctionWorld(
          R"(,"LambdaInvocationAttributes":{"who":"$.CustomerEndpoint.Address","n":"5"})"),
      {.attributes = {{"k", "v"}}});
  call.Start();

  const auto* invoked = call.Last<InvokeLambda>();

  ASSERT_NE(invoked, nullptr);
  EXPECT_EQ(invoked->name, "lookup");
  EXPECT_EQ(invoked->limit, seconds(8));
  const json::Object& details = invoked->payload.GetObject("Details");
  EXPECT_EQ(invoked->payload.GetString("Name"), "ContactFlowEvent");
  EXPECT_EQ(json::Write(details.GetObject("Parameters")), R"({"who":"+15550100","n":"5"})");
  const json::Object& data = details.GetObject("ContactData");
  EXPECT_EQ(data.GetObject("Attributes").GetString("k"), "v");
  EXPECT_EQ(data.GetString("Channel"), "VOICE");
  EXPECT_EQ(data.GetString("ContactId"), "contact-1");
  EXPECT_EQ(data.GetString("InitiationMethod"), "INBOUND");
  EXPECT_EQ(data.GetObject("SystemEndpoint").GetString("Address"), "+15550111");
  EXPECT_TRUE(data.At("Queue").IsNull());
}

TEST(Function, ItsAnswerIsTheExternalNamespace) {
  TestCall call(FunctionWorld());
  call.Start();

  call.Step(
      LambdaAnswered{.request = call.contact().needs().request, .payload = R"({"tier":"gold"})"});

  EXPECT_THAT(call.Said(), ElementsAre("customer: [gold]"));
}

TEST(Function, AJsonAnswerMayBeNested) {
  TestCall call(FunctionWorld(R"(,"ResponseValidation":{"ResponseType":"JSON"})",
                              "[$.External.customer.tier] [$.External.count]"));
  call.Start();

  call.Step(LambdaAnswered{.request = call.contact().needs().request,
                           .payload = R"({"customer":{"tier":"gold"},"count":3})"});

  EXPECT_THAT(call.Said(), ElementsAre("customer: [gold] [3]"));
}

TEST(Function, AnAnswerOfTheWrongShapeIsAnErrorWithItsReason) {
  EXPECT_THAT(
      OutcomeOfAnswer({.payload = R"({"a":{"b":1}})"}),
      HasSubstr("expected a text in member 'a' of the function's answer but got an object"));
  EXPECT_EQ(OutcomeOfAnswer({.payload = "[1]"}),
            "expected an object as the function's answer but got an array");
  EXPECT_THAT(OutcomeOfAnswer({.payload = "oops"}), HasSubstr("the function's answer is not JSON"));
  EXPECT_EQ(OutcomeOfAnswer({.payload = R"({"a":")" + std::string(33'000, 'x') + R"("})"}),
            "the function answered 33008 bytes: less than 32768 are allowed");
  EXPECT_EQ(OutcomeOfAnswer({.outcome = LambdaAnswered::Outcome::kError, .error = "boom"}),
            "the function failed: boom");
  EXPECT_EQ(OutcomeOfAnswer({.payload = R"({"a":1,"b":null,"c":true})"}), "success");
}

TEST(Function, ThatIsSlowerThanItsLimitHasTimedOut) {
  EXPECT_EQ(OutcomeOfAnswer({.payload = "{}", .took = Milliseconds{3001}},
                            R"(,"InvocationTimeLimitSeconds":"3")"),
            "the function did not answer in time");
  EXPECT_EQ(OutcomeOfAnswer({.outcome = LambdaAnswered::Outcome::kTimedOut}),
            "the function did not answer in time");
}

TEST(Function, ThatNeverAnswersIsEndedByItsTimer) {
  TestCall call(FunctionWorld());
  call.Start();

  call.Step(TimerFired{*call.contact().needs().timer});

  EXPECT_EQ(Outcome(call), "the function did not answer in time");
  EXPECT_THAT(call.Said(), ElementsAre("customer: Sorry"));
}

TEST(Function, ALateAnswerIsIgnored) {
  TestCall call(FunctionWorld());
  call.Start();
  const RequestId request = call.contact().needs().request;
  call.Step(TimerFired{*call.contact().needs().timer});

  EXPECT_TRUE(
      call.Step(LambdaAnswered{.request = request, .payload = R"({"tier":"gold"})"}).empty());
}

TEST(Function, ChainsWithoutAPromptLastTwentySeconds) {
  World world = SmallWorld();
  world.flows.push_back(MakeFlow("main", "CONTACT_FLOW",
                                 Invoke("a", "b") + "," + Invoke("b", "c") + "," +
                                     Invoke("c", "end") + "," + Say("sorry", "Sorry", "end") + "," +
                                     Action("end", "DisconnectParticipant", "{}")));
  TestCall call(std::move(world));
  call.Start();

  for (int round = 0; round < 3; ++round) {
    call.Step(LambdaAnswered{
        .request = call.contact().needs().request, .payload = "{}", .took = seconds(7)});
  }

  EXPECT_THAT(call.Said(), ElementsAre("customer: Sorry"));
}

TEST(Function, ThatIsAsynchronousIsNotWaitedFor) {
  TestCall call(
      FunctionWorld(R"(,"InvocationType":"ASYNCHRONOUS")", "$.LambdaInvocation.InvocationId"));

  call.Start();

  EXPECT_TRUE(call.Last<InvokeLambda>()->asynchronous);
  ASSERT_EQ(call.Said().size(), 1U);
  EXPECT_EQ(call.Said()[0].size(), std::string("customer: ").size() + 36);
}

// ---- Modules ----

World ModuleWorld(std::string_view module_actions, const Branches& branches = {{"next", "after"}}) {
  World world = SmallWorld();
  world.flows.push_back(MakeFlow(
      "main", "CONTACT_FLOW",
      Action("set", "UpdateFlowAttributes", R"({"FlowAttributes":{"mine":{"Value":"flow"}}})",
             {{"next", "call"}}) +
          "," +
          Action("call", "InvokeFlowModule",
                 R"({"FlowModuleId":"module:$LATEST","Input":{"name":"$.Channel"}})", branches) +
          "," +
          Say("after",
              "after [$.FlowAttributes.mine] [$.Modules.Result] [$.Modules.ResultData.n] "
              "[$.Attributes.shared]",
              "end") +
          "," + Say("sorry", "Sorry", "end") + "," + Action("end", "DisconnectParticipant", "{}")));
  world.modules.push_back({.latest = MakeFlow("module", "MODULE", module_actions)});
  return world;
}

TEST(Module, HasItsOwnNamespacesAndSharesAttributes) {
  TestCall call(ModuleWorld(
      Say("in", "in [$.FlowAttributes.mine] [$.Modules.Input.name]", "share") + "," +
          Action("share", "UpdateContactAttributes", R"({"Attributes":{"shared":"yes"}})",
                 {{"next", "back"}}) +
          "," +
          Action("back", "EndFlowModuleExecution", R"({"Result":"done","ResultData":{"n":"7"}})"),
      {{"next", "sorry"},
       {"Equals done", "after"},
       {"Error:NoMatchingCondition", "sorry"},
       {"Error:NoMatchingError", "sorry"}}));

  call.Start();

  EXPECT_THAT(call.Said(),
              ElementsAre("customer: in [] [VOICE]", "customer: after [flow] [done] [7] [yes]"));
}

TEST(Module, ThatRunsOffItsEndReturns) {
  TestCall call(ModuleWorld(
      Action("only", "UpdateFlowLoggingBehavior", R"({"FlowLoggingBehavior":"Enabled"})")));

  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre("customer: after [flow] [] [] []"));
}

TEST(Module, ThatInvokesItselfIsAnError) {
  TestCall call(ModuleWorld(Action("again", "InvokeFlowModule", R"({"FlowModuleId":"module"})",
                                   {{"next", "back"}, {"Error:NoMatchingError", "no"}}) +
                            "," + Say("no", "No recursion", "back") + "," +
                            Action("back", "EndFlowModuleExecution", "{}")));

  call.Start();

  EXPECT_EQ(call.Said().front(), "customer: No recursion");
}

TEST(Module, ThatDoesNotExistIsAnError) {
  World world = ModuleWorld(Action("a", "EndFlowModuleExecution", "{}"),
                            {{"next", "after"}, {"Error:NoMatchingError", "sorry"}});
  world.modules.clear();
  TestCall call(std::move(world));

  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre("customer: Sorry"));
}

// ---- Bots ----

World BotWorld(std::string_view parameters) {
  World world = SmallWorld();
  world.flows.push_back(MakeFlow(
      "main", "CONTACT_FLOW",
      Action("ask", "ConnectParticipantWithLexBot", parameters,
             {{"Equals Sales", "sales"},
              {"Error:NoMatchingCondition", "other"},
              {"Error:NoMatchingError", "sorry"}}) +
          "," +
          Say("sales", "[$.Lex.IntentName] [$.Lex.Slots.City] [$.Lex.SessionAttributes.k]", "end") +
          "," + Say("other", "Other", "end") + "," + Say("sorry", "Sorry", "end") + "," +
          Action("end", "DisconnectParticipant", "{}")));
  world.bots = {{.arn = "arn:bot-alias/B/A", .name = "ACME"}};
  return world;
}

constexpr std::string_view kBot =
    R"({"Text":"Which?","LexV2Bot":{"AliasArn":"arn:bot-alias/B/A"},"LexSessionAttributes":{"k":"$.Channel"}})";

TEST(Bot, IsAskedWithSessionAndLocale) {
  TestCall call(BotWorld(kBot));
  call.Start();
  EXPECT_TRUE(call.contact().needs().speech);

  call.Step(CallerSaid{"sales"});

  const auto* asked = call.Last<AskBot>();
  ASSERT_NE(asked, nullptr);
  EXPECT_EQ(asked->name, "ACME");
  EXPECT_EQ(asked->locale, "en_US");
  EXPECT_EQ(asked->text, "sales");
  EXPECT_EQ(asked->session_id, "contact-1");
  EXPECT_EQ(asked->session_attributes.GetString("k"), "VOICE");
  EXPECT_EQ(asked->request_attributes.GetString("x-amz-lex:channels:platform"), "Connect");
}

BotAnswered Closed(const TestCall& call, std::string intent,
                   std::string state = "ReadyForFulfillment") {
  return {.request = call.Last<AskBot>()->request,
          .intent = std::move(intent),
          .intent_state = std::move(state),
          .dialog_action = "Close"};
}

TEST(Bot, TurnsGoOnUntilItCloses) {
  TestCall call(BotWorld(kBot));
  call.Start();
  call.Step(CallerSaid{"sales"});
  call.Step(BotAnswered{.request = call.Last<AskBot>()->request,
                        .intent = "Sales",
                        .intent_state = "InProgress",
                        .dialog_action = "ElicitSlot",
                        .slot_to_elicit = "City",
                        .messages = {{.content = "Where?"}}});
  call.Step(CallerSaid{"Paris"});
  BotAnswered last = Closed(call, "Sales");
  last.slots = {{"City", "Paris"}, {"Day", nullptr}};
  last.session_attributes = {{"k", "kept"}};

  call.Step(last);

  EXPECT_THAT(call.Said(), ElementsAre("customer: Which?", "customer: Where?",
                                       "customer: [Sales] [Paris] [kept]"));
}

TEST(Bot, AnotherIntentIsNoMatchAndAFailureAnError) {
  TestCall other(BotWorld(kBot));
  TestCall failed(BotWorld(kBot));
  TestCall broken(BotWorld(kBot));
  for (TestCall* call : {&other, &failed, &broken}) {
    call->Start();
    call->Step(CallerSaid{"x"});
  }

  other.Step(Closed(other, "FallbackIntent"));
  failed.Step(Closed(failed, "Sales", "Failed"));
  BotAnswered error{.request = broken.Last<AskBot>()->request, .error = "no such locale"};
  broken.Step(error);

  EXPECT_EQ(other.Said().back(), "customer: Other");
  EXPECT_EQ(failed.Said().back(), "customer: Sorry");
  EXPECT_EQ(broken.Said().back(), "customer: Sorry");
}

TEST(Bot, ASilentCallerIsASilentTurn) {
  TestCall call(BotWorld(kBot));
  call.Start();

  call.Step(TimeAdvanced{seconds(3)});

  ASSERT_NE(call.Last<AskBot>(), nullptr);
  EXPECT_EQ(call.Last<AskBot>()->input, AskBot::Input::kSilence);
}

TEST(Bot, KeysAreATurnToo) {
  TestCall call(BotWorld(kBot));
  call.Start();

  call.Step(CallerPressed{"12"});

  EXPECT_EQ(call.Last<AskBot>()->input, AskBot::Input::kKeys);
  EXPECT_EQ(call.Last<AskBot>()->text, "12");
}

TEST(Bot, OnChatTheInitialMessageMayBeginTheTurn) {
  TestCall call(BotWorld(R"({"LexV2Bot":{"AliasArn":"arn:bot-alias/B/A"},
                             "LexInitializationData":{"InitialMessage":"$.Media.InitialMessage"}})"),
                {.channel = Channel::kChat, .initial_message = "sales please"});

  call.Start();

  ASSERT_NE(call.Last<AskBot>(), nullptr);
  EXPECT_EQ(call.Last<AskBot>()->text, "sales please");
}

TEST(Bot, OfTheFirstVersionGoesByItsName) {
  TestCall call(BotWorld(R"({"Text":"Which?","LexBot":{"Name":"n","Region":"r","Alias":"a"}})"));
  call.Start();

  call.Step(CallerSaid{"sales"});

  ASSERT_NE(call.Last<AskBot>(), nullptr);
  EXPECT_EQ(call.Last<AskBot>()->name, "n");
}

TEST(Bot, WhatCannotBeAskedIsAnError) {
  const auto reason = [](std::string_view parameters) {
    TestCall call(BotWorld(parameters));
    call.Start();
    return call.Last<Ran>() == nullptr ? "" : call.Said().empty() ? "silent" : call.Said().back();
  };

  EXPECT_EQ(reason(R"({"LexV2Bot":{"AliasArn":"arn:bot-alias/B/A"}})"), "customer: Sorry");
  EXPECT_EQ(reason(R"({"Text":"Which?","LexV2Bot":{"AliasArn":"$.External.none"}})"),
            "customer: Sorry");
}

// Hears what it is told without wanting to hear of actions.
struct QuietHost final : EffectSink {
  void Take(Effect&& effect) override {
    if (std::holds_alternative<sim::Ran>(effect.what)) ++ran;
    if (auto* one = std::get_if<InvokeLambda>(&effect.what)) invoked = std::move(*one);
  }
  bool WantsRan() const override { return false; }

  int ran = 0;
  InvokeLambda invoked;
};

TEST(FunctionEvent, IsThereForAHostThatReadsTheContactInstead) {
  const std::string more = R"(,"LambdaInvocationAttributes":{"who":"$.CustomerEndpoint.Address"})";
  TestCall told(FunctionWorld(more));
  told.Start();
  Call call{.contact_id = "contact-1", .flow = "main"};
  call.customer.address = "+15550100";
  call.system.address = "+15550111";
  call.function_events = false;
  Contact contact(std::make_shared<const World>(FunctionWorld(more)), std::move(call));
  EXPECT_TRUE(contact.FunctionEvent().empty()) << "before it began";
  QuietHost host;
  contact.Step(Started{}, host);

  EXPECT_TRUE(host.invoked.payload.empty());
  EXPECT_EQ(contact.FunctionEvent(), told.Last<InvokeLambda>()->payload);
  contact.Step(LambdaAnswered{.request = host.invoked.request, .payload = "{}"}, host);
  EXPECT_EQ(contact.phase(), Phase::kEnded);
  EXPECT_TRUE(contact.FunctionEvent().empty()) << "it waits for none";
  EXPECT_EQ(host.ran, 0);
}

}  // namespace
}  // namespace trunkline::sim::tests
