// Waiting, whispering, talking, hanging up: the life of a contact around its flows.
#include <gmock/gmock.h>

#include "sim/contact.h"
#include "tests/sim/fixture.h"

namespace trunkline::sim::tests {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Hook(std::string_view id, std::string_view hook, std::string_view flow,
                 std::string_view next) {
  return Action(id, "UpdateContactEventHooks",
                R"({"EventHooks":{")" + std::string(hook) + R"(":")" + std::string(flow) + R"("}})",
                {{"next", std::string(next)}, {"Error:NoMatchingError", "end"}});
}

std::string SayOnly(std::string_view text) {
  return Action("say", "MessageParticipant", R"({"Text":")" + std::string(text) + R"("})",
                {{"next", "end"}}) +
         "," + Action("end", "EndFlowExecution", "{}");
}

std::string LoopText(std::string_view text) {
  return Action("loop", "MessageParticipantIteratively",
                R"({"Messages":[{"Text":")" + std::string(text) + R"("}]})");
}

// main: hooks of the given kind, queue Sales, transfer. The flows of the hooks are named like the
// hooks.
World QueueWorld(const std::vector<std::pair<std::string, std::string>>& hook_flows = {}) {
  World world = SmallWorld();
  std::string actions;
  for (std::size_t index = 0; index < hook_flows.size(); ++index) {
    const std::string next =
        index + 1 < hook_flows.size() ? "hook" + std::to_string(index + 1) : "queue";
    actions += Hook("hook" + std::to_string(index), hook_flows[index].first,
                    hook_flows[index].first, next) +
               ",";
    world.flows.push_back(MakeFlow(hook_flows[index].first, "", hook_flows[index].second));
  }
  actions +=
      Action("queue", "UpdateContactTargetQueue", R"({"QueueId":"q-sales"})", {{"next", "go"}}) +
      "," + Action("go", "TransferContactToQueue", "{}", {{"Error:NoMatchingError", "end"}}) + "," +
      Action("end", "DisconnectParticipant", "{}");
  world.flows.push_back(MakeFlow("main", "CONTACT_FLOW", actions));
  return world;
}

World Waiting(World world) {
  world.answering.mode = Answering::Mode::kHost;
  return world;
}

TEST(Queue, TheHookFlowsAreHeardByWhomTheyAreFor) {
  TestCall call(QueueWorld({{"CustomerQueue", LoopText("Please wait.")},
                            {"AgentWhisper", SayOnly("From $.Queue.Name for $.Agent.FirstName.")},
                            {"CustomerWhisper", SayOnly("Here is $.Agent.FirstName.")}}));

  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre("customer: Please wait.", "agent: From Sales for Ada.",
                                       "customer: Here is Ada."));
  EXPECT_EQ(call.contact().phase(), Phase::kTalking);
}

TEST(Queue, AHookThatIsDisabledIsSilent) {
  World world = QueueWorld();
  world.flows.back() =
      MakeFlow("main", "CONTACT_FLOW",
               Action("off", "UpdateContactEventHooks",
                      R"({"EventHooksConfiguration":{"AgentWhisper":{"DisableExecution":"true"}}})",
                      {{"next", "queue"}}) +
                   "," +
                   Action("queue", "UpdateContactTargetQueue", R"({"QueueId":"q-sales"})",
                          {{"next", "go"}}) +
                   "," + Action("go", "TransferContactToQueue", "{}"));
  TestCall call(std::move(world));

  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre(HasSubstr("busy"), "customer: Music", "customer: Beep"));
}

TEST(Queue, AnAgentWhoComesLaterInterruptsTheLoop) {
  TestCall call(Waiting(QueueWorld({{"CustomerQueue", LoopText("Please wait.")}})));
  call.Start();
  EXPECT_EQ(call.contact().phase(), Phase::kQueued);
  EXPECT_TRUE(call.contact().needs().agent);

  call.Step(AgentAccepted{"ada"});

  EXPECT_EQ(call.contact().phase(), Phase::kTalking);
}

TEST(Queue, AnUnknownAgentIsAWarningAndTheCallerGoesOnWaiting) {
  TestCall call(Waiting(QueueWorld()));
  call.Start();

  call.Step(AgentAccepted{"bob"});

  EXPECT_THAT(call.Warnings(), ElementsAre("agent 'bob' does not exist"));
  EXPECT_EQ(call.contact().phase(), Phase::kQueued);
}

TEST(Queue, AnAgentMayAcceptAfterADelay) {
  World world = QueueWorld();
  world.answering = {.mode = Answering::Mode::kAfterDelay, .delay = seconds(60)};
  TestCall call(std::move(world));
  call.Start();

  call.Step(TimeAdvanced{seconds(30)});
  EXPECT_EQ(call.contact().phase(), Phase::kQueued);
  call.Step(TimeAdvanced{seconds(31)});

  EXPECT_EQ(call.contact().phase(), Phase::kTalking);
}

TEST(Queue, OnlyAnAgentOfTheQueueAccepts) {
  World world = QueueWorld();
  world.agents[0].queues = {"q-finance"};
  TestCall call(std::move(world));

  call.Start();

  EXPECT_EQ(call.contact().phase(), Phase::kQueued);
}

TEST(Queue, AnInterruptRunsItsBranchAndTheLoopBeginsAgain) {
  const std::string loop =
      Action("loop", "MessageParticipantIteratively",
             R"({"Messages":[{"Text":"Wait."}],"InterruptFrequencySeconds":"30"})",
             {{"Equals MessagesInterrupted", "say"}}) +
      "," + Action("say", "MessageParticipant", R"({"Text":"Still here."})", {{"next", "loop"}});
  TestCall call(Waiting(QueueWorld({{"CustomerQueue", loop}})));
  call.Start();

  call.Step(TimeAdvanced{seconds(40)});

  EXPECT_THAT(call.Said(),
              ElementsAre("customer: Wait.", "customer: Still here.", "customer: Wait."));
}

TEST(Queue, AnActionThatDoesNotWorkInAQueueFlowTakesItsErrorBranch) {
  const std::string leave = Action("go", "TransferToFlow", R"({"ContactFlowId":"main"})",
                                   {{"Error:NoMatchingError", "say"}}) +
                            "," + SayOnly("Still here.");
  TestCall call(Waiting(QueueWorld({{"CustomerQueue", leave}})));

  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre("customer: Still here."));
}

TEST(Queue, AHookWhoseFlowIsADraftFallsBackToTheDefault) {
  World world = Waiting(QueueWorld({{"CustomerQueue", SayOnly("Draft.")}}));
  world.flows[0].published = false;
  TestCall call(std::move(world));

  call.Start();

  EXPECT_THAT(call.Warnings(),
              ElementsAre("flow 'CustomerQueue' of event hook 'CustomerQueue' is not "
                          "published: the default runs"));
  EXPECT_THAT(call.Said(), ElementsAre(HasSubstr("busy"), "customer: Music"));
}

TEST(Queue, AQueueFlowThatEndsLeavesTheCallerWaiting) {
  TestCall call(Waiting(QueueWorld({{"CustomerQueue", SayOnly("Bye, flow.")}})));

  call.Start();

  EXPECT_EQ(call.contact().phase(), Phase::kQueued);
  EXPECT_EQ(call.EndReason(), "");
}

TEST(Queue, AQueuedContactMayMoveToAnotherQueueAsANewSegment) {
  const std::string move =
      Action("say", "MessageParticipant", R"({"Text":"$.Queue.Name"})", {{"next", "cmp"}}) + "," +
      Action("cmp", "Compare", R"({"ComparisonValue":"$.Queue.Name"})",
             {{"Equals Sales", "move"}, {"Error:NoMatchingCondition", "end"}}) +
      "," +
      Action("move", "DequeueContactAndTransferToQueue", R"({"QueueId":"q-finance"})",
             {{"Error:NoMatchingError", "end"}}) +
      "," + Action("end", "EndFlowExecution", "{}");
  TestCall call(Waiting(QueueWorld({{"CustomerQueue", move}})));

  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre("customer: Sales", "customer: Finance"));
  EXPECT_EQ(call.contact().Read("$.PreviousContactId"), "contact-1");
  EXPECT_EQ(call.contact().Read("$.InitialContactId"), "contact-1");
  EXPECT_EQ(call.contact().Read("$.InitiationMethod"), "QUEUE_TRANSFER");
}

TEST(Queue, ElevenMovesAreTheMost) {
  const std::string back_and_forth =
      Action("say", "MessageParticipant", R"({"Text":"Moving"})", {{"next", "move"}}) + "," +
      Action("move", "DequeueContactAndTransferToQueue", R"({"QueueId":"q-finance"})",
             {{"Error:NoMatchingError", "end"}}) +
      "," + Action("end", "EndFlowExecution", "{}");
  TestCall call(Waiting(QueueWorld({{"CustomerQueue", back_and_forth}})));

  call.Start();

  EXPECT_EQ(call.Said().size(), 12U);
}

TEST(Whispers, AnAgentWhoDropsOutLeavesTheCallerInTheQueue) {
  const std::string slow =
      Action("f", "InvokeLambdaFunction", R"({"LambdaFunctionARN":"arn:f"})", {{"next", "end"}}) +
      "," + Action("end", "EndFlowExecution", "{}");
  TestCall call(
      Waiting(QueueWorld({{"CustomerQueue", LoopText("Please wait.")}, {"AgentWhisper", slow}})));
  call.Start();
  call.Step(AgentAccepted{});
  EXPECT_EQ(call.contact().phase(), Phase::kWhispering);

  call.Step(AgentLeft{});

  EXPECT_EQ(call.contact().phase(), Phase::kQueued);
  EXPECT_THAT(call.Said(), ElementsAre("customer: Please wait.", "customer: Please wait."));
}

TEST(Whispers, LastTwoMinutesAtMost) {
  const std::string endless =
      Action("say", "MessageParticipant", R"({"Text":")" + std::string(900, 'x') + R"("})",
             {{"next", "say"}});
  TestCall call(QueueWorld({{"AgentWhisper", endless}}));

  call.Start();

  EXPECT_EQ(call.EndReason(), "flow 'AgentWhisper' whispered for more than 2 minutes");
}

TEST(Whispers, AreNotHeardOnChatUnlessTheyAreSet) {
  TestCall call(QueueWorld(), {.channel = Channel::kChat});

  call.Start();

  EXPECT_THAT(call.Said(), ElementsAre(HasSubstr("busy")));
  EXPECT_EQ(call.contact().phase(), Phase::kTalking);
}

TEST(Ends, TheCallerWhoHangsUpEndsBothLegs) {
  TestCall call(QueueWorld());
  call.Start();

  call.Step(CallerHungUp{});

  EXPECT_EQ(call.EndReason(), "the caller hung up");
  EXPECT_EQ(call.Last<Disconnected>()->who, Party::kAgent);
}

TEST(Ends, TheDisconnectFlowIsHeardByACallerWhoRemains) {
  TestCall call(QueueWorld({{"CustomerRemaining", SayOnly("How was it?")}}));
  call.Start();

  call.Step(AgentLeft{});

  EXPECT_EQ(call.Said().back(), "customer: How was it?");
  EXPECT_EQ(call.contact().Read("$.InitiationMethod"), "DISCONNECT");
  EXPECT_NE(call.contact().id(), "contact-1");
  EXPECT_EQ(call.EndReason(), "the flow ended");
}

TEST(Ends, ADisconnectFlowAfterHangingUpHasNobodyToTalkTo) {
  const std::string record = Action("say", "MessageParticipant", R"({"Text":"Anybody?"})",
                                    {{"next", "end"}, {"Error:NoMatchingError", "note"}}) +
                             "," +
                             Action("note", "UpdateContactAttributes",
                                    R"({"Attributes":{"left":"yes"}})", {{"next", "end"}}) +
                             "," + Action("end", "DisconnectParticipant", "{}");
  TestCall call(QueueWorld({{"CustomerRemaining", record}}));
  call.Start();
  const std::size_t said = call.Said().size();

  call.Step(CallerHungUp{});

  EXPECT_EQ(call.Said().size(), said);
  EXPECT_EQ(call.contact().attributes().GetString("left"), "yes");
}

TEST(Ends, AfterTheEndNothingHasAnEffect) {
  TestCall call(QueueWorld());
  call.Start();
  call.Step(CallerHungUp{});

  EXPECT_THAT(call.Step(CallerPressed{"1"}), IsEmpty());
  EXPECT_THAT(call.Step(AgentLeft{}), IsEmpty());
}

TEST(Ends, BeforeTheStartNothingHasAnEffect) {
  TestCall call(QueueWorld());

  EXPECT_THAT(call.Step(CallerPressed{"1"}), IsEmpty());
}

TEST(Keys, NobodyAskedForAreAWarning) {
  TestCall call(Waiting(QueueWorld()));
  call.Start();

  call.Step(CallerPressed{"5"});
  call.Step(CallerPressed{"x"});
  call.Step(CallerSaid{"hello"});

  EXPECT_THAT(call.Warnings(), ElementsAre("the caller pressed '5', which nobody had asked for",
                                           "'x' are no keys of a phone: 0 to 9, * and # are",
                                           "the caller said 'hello', which nobody listened to"));
}

}  // namespace
}  // namespace trunkline::sim::tests
