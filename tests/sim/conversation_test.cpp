// Hold, transfers by an agent, and pauses of tasks.
#include "sim/conversation.h"

#include <chrono>

#include <gmock/gmock.h>

#include "sim/contact_json.h"
#include "tests/sim/around.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The main flow sets the hooks and puts the contact into Sales, where ada takes it.
World TalkWorld(const std::string& hooks = "{}") {
  World world = SmallWorld();
  world.agents.push_back({.id = "a-bob", .user_name = "bob", .queues = {"q-finance"}});
  world.agents.front().queues = {"q-sales"};
  const std::string set = hooks == "{}"
                              ? ""
                              : Action("hook", "UpdateContactEventHooks",
                                       R"({"EventHooks":)" + hooks + "}", {{"next", "queue"}}) +
                                    ",";
  world.flows.push_back(MakeFlow("main", "CONTACT_FLOW",
                                 set +
                                     Action("queue", "UpdateContactTargetQueue",
                                            R"({"QueueId":"q-sales"})", {{"next", "go"}}) +
                                     "," + Action("go", "TransferContactToQueue", "{}")));
  return world;
}

std::string Say(std::string_view text, std::string_view next) {
  return Action("say", "MessageParticipant", R"({"Text":")" + std::string(text) + R"("})",
                {{"next", std::string(next)}});
}

// What was said since the parties were joined, and who is on hold.
std::vector<std::string> Since(const TestCall& call) {
  std::vector<std::string> since;
  bool joined = false;
  for (const Effect& effect : call.effects()) {
    if (const auto* say = std::get_if<sim::Say>(&effect.what); say != nullptr && joined)
      since.push_back(fmt::format("{} hears {}{}", ToText(say->to), say->text, say->prompt));
    if (const auto* hold = std::get_if<HoldChanged>(&effect.what))
      since.push_back(fmt::format("{} {} hold", ToText(hold->who), hold->held ? "on" : "off"));
    if (const auto* one = std::get_if<Joined>(&effect.what)) {
      if (joined) since.push_back(fmt::format("joined {}", one->agent));
      joined = true;
    }
  }
  return since;
}

TestCall Talking(World world, Call call = {}) {
  TestCall talking(std::move(world), std::move(call));
  talking.Start();
  EXPECT_EQ(talking.contact().phase(), Phase::kTalking);
  return talking;
}

TEST(Hold, PlaysMusicToTheCustomerUntilTheAgentIsBack) {
  TestCall call = Talking(TalkWorld());
  call.Step(AgentHolds{});
  call.Step(AgentResumes{});

  EXPECT_THAT(Since(call),
              ElementsAre("customer on hold", "customer hears Music", "customer off hold"));
}

TEST(Hold, RunsTheHoldFlowOfTheHook) {
  World world = TalkWorld(R"({"CustomerHold":"hold"})");
  world.flows.push_back(
      MakeFlow("hold", "CUSTOMER_HOLD",
               Action("loop", "MessageParticipantIteratively",
                      R"({"Messages":[{"Text":"$.Agent.FirstName is back soon"}]})")));
  TestCall call = Talking(std::move(world));
  call.Step(AgentHolds{});
  call.Step(TimeAdvanced{std::chrono::minutes(1)});
  call.Step(AgentResumes{});

  EXPECT_THAT(Since(call), ElementsAre("customer on hold", "customer hears Ada is back soon",
                                       "customer off hold"));
  EXPECT_EQ(call.contact().phase(), Phase::kTalking);
}

TEST(Hold, OfTheAgentRunsHisFlow) {
  World world = TalkWorld(R"({"AgentHold":"hold"})");
  world.flows.push_back(MakeFlow(
      "hold", "AGENT_HOLD",
      Action("loop", "MessageParticipantIteratively", R"({"Messages":[{"Text":"Wait"}]})")));
  TestCall call = Talking(std::move(world));
  call.Step(AgentHolds{.agent = true});
  call.Step(AgentResumes{});

  EXPECT_THAT(Since(call), ElementsAre("agent on hold", "agent hears Wait", "agent off hold"));
}

TEST(Hold, OfAFlowThatHangsUpGoesOnInSilence) {
  World world = TalkWorld(R"({"CustomerHold":"hold"})");
  world.flows.push_back(
      MakeFlow("hold", "CUSTOMER_HOLD", Action("x", "DisconnectParticipant", "{}")));
  TestCall call = Talking(std::move(world));
  call.Step(AgentHolds{});

  EXPECT_THAT(call.Warnings(),
              ElementsAre("hold flows cannot disconnect: action 'x' ends the hold flow"));
  EXPECT_EQ(call.contact().phase(), Phase::kTalking);
}

TEST(Hold, EndsWithTheCall) {
  TestCall call = Talking(TalkWorld());
  call.Step(AgentHolds{});
  call.Step(CallerHungUp{});

  EXPECT_EQ(call.EndReason(), "the caller hung up");
}

TEST(Hold, NeedsAConversationOnACall) {
  TestCall queued(TalkWorld(), {.answering = Answering{.mode = Answering::Mode::kNobody}});
  queued.Start();
  queued.Step(AgentHolds{});
  TestCall chat = Talking(TalkWorld(), {.channel = Channel::kChat});
  chat.Step(AgentHolds{});

  for (TestCall* call : {&queued, &chat}) {
    EXPECT_THAT(call->Warnings(),
                Contains("nobody can be put on hold: there is no conversation on a call"));
  }
}

// ---- Transfers ----

TEST(QuickConnect, ToAQueueRunsItsFlowForTheAgentAndQueuesTheCustomer) {
  World world = TalkWorld();
  world.flows.push_back(MakeFlow("transfer", "QUEUE_TRANSFER",
                                 Say("To $.Queue.Name[$.Agent.UserName]", "go") + "," +
                                     Action("go", "TransferContactToQueue", "{}")));
  TestCall call = Talking(std::move(world));
  call.Step(AgentTransfers{.queue = "Finance", .flow = "transfer"});

  EXPECT_THAT(
      Since(call),
      ElementsAre("customer on hold", "agent hears To Finance[]", "customer off hold",
                  HasSubstr("customer hears All of our agents are busy"), "customer hears Music",
                  "agent hears Finance", "customer hears Beep", "joined bob"));
  EXPECT_EQ(call.contact().Read("$.InitiationMethod"), "TRANSFER");
  EXPECT_NE(call.contact().Read("$.ContactId"), call.contact().Read("$.InitialContactId"));
}

TEST(QuickConnect, ToAnAgentKnowsHimInItsFlow) {
  World world = TalkWorld();
  world.flows.push_back(MakeFlow(
      "transfer", "AGENT_TRANSFER",
      Say("To $.Agent.UserName", "go") + "," + Action("go", "TransferContactToAgent", "{}")));
  TestCall call = Talking(std::move(world));
  call.Step(AgentTransfers{.agent = "bob", .flow = "transfer"});

  EXPECT_THAT(Since(call), AllOf(Contains("agent hears To bob"), Contains("joined bob")));
}

TEST(QuickConnect, ThatComesToNothingLeavesThemTalking) {
  World world = TalkWorld();
  world.queues[1].max_contacts = 0;
  world.flows.push_back(MakeFlow(
      "transfer", "QUEUE_TRANSFER",
      Action("go", "TransferContactToQueue", "{}", {{"Error:QueueAtCapacity", "say"}}) + "," +
          Say("They are busy", "end") + "," + Action("end", "DisconnectParticipant", "{}")));
  TestCall call = Talking(std::move(world));
  call.Step(AgentTransfers{.queue = "q-finance", .flow = "transfer"});

  EXPECT_THAT(Since(call),
              ElementsAre("customer on hold", "agent hears They are busy", "customer off hold"));
  EXPECT_EQ(call.contact().phase(), Phase::kTalking);
  EXPECT_THAT(call.Warnings(), ElementsAre("the transfer came to nothing: the flow hung up"));
}

TEST(QuickConnect, WithoutAFlowGoesStraightThere) {
  TestCall agent = Talking(TalkWorld());
  agent.Step(AgentTransfers{.agent = "bob"});
  TestCall number = Talking(TalkWorld());
  number.Step(AgentTransfers{.number = "+15550177"});

  EXPECT_EQ(agent.Last<Joined>()->agent, "bob");
  EXPECT_EQ(number.EndReason(), "the call was transferred to +15550177");
}

TEST(QuickConnect, ToNowhereIsWarnedOf) {
  TestCall call = Talking(TalkWorld());
  call.Step(AgentTransfers{.queue = "Nowhere"});
  call.Step(AgentTransfers{.agent = "nobody"});
  call.Step(AgentTransfers{.queue = "Sales", .flow = "none"});

  EXPECT_THAT(call.Warnings(),
              ElementsAre("queue 'Nowhere' does not exist", "agent 'nobody' does not exist",
                          "flow 'none' does not exist"));
  EXPECT_EQ(call.contact().phase(), Phase::kTalking);
}

TEST(QuickConnect, SecureInputIsHeardByTheCustomerWhileTheAgentHolds) {
  World world = TalkWorld();
  world.flows.push_back(MakeFlow(
      "transfer", "AGENT_TRANSFER",
      Action("hold", "UpdatePreviousContactParticipantState",
             R"({"PreviousContactParticipantState":"AgentOnHold"})", {{"next", "say"}}) +
          "," + Say("Your card", "all") + "," +
          Action("all", "UpdatePreviousContactParticipantState",
                 R"({"PreviousContactParticipantState":"CustomerOnHold"})", {{"next", "told"}}) +
          "," + Action("told", "MessageParticipant", R"({"Text":"He paid"})", {{"next", "end"}}) +
          "," + Action("end", "DisconnectParticipant", "{}")));
  TestCall call = Talking(std::move(world));
  call.Step(AgentTransfers{.agent = "bob", .flow = "transfer"});

  EXPECT_THAT(Since(call),
              ElementsAre("customer on hold", "customer off hold", "agent on hold",
                          "customer hears Your card", "customer on hold", "agent off hold",
                          "agent hears He paid", "customer off hold"));
}

TEST(QuickConnect, EndsWhenSomebodyHangsUpMeanwhile) {
  World world = TalkWorld();
  world.flows.push_back(
      MakeFlow("transfer", "QUEUE_TRANSFER",
               Action("ask", "GetParticipantInput",
                      R"({"Text":"Press 1","StoreInput":"False","InputTimeLimitSeconds":"5"})")));
  const AgentTransfers transfer{.queue = "Finance", .flow = "transfer"};
  TestCall caller = Talking(world);
  caller.Step(transfer);
  caller.Step(CallerHungUp{});
  TestCall agent = Talking(world);
  agent.Step(transfer);
  agent.Step(AgentLeft{});

  EXPECT_EQ(caller.EndReason(), "the caller hung up");
  EXPECT_EQ(agent.EndReason(), "the agent hung up");
}

// ---- Tasks ----

TestCall PausedTask(const std::string& hooks, std::string_view flow = "") {
  World world = TalkWorld(hooks);
  if (!flow.empty()) world.flows.push_back(MakeFlow("pause", "CONTACT_FLOW", flow));
  TestCall call(std::move(world), {.channel = Channel::kTask,
                                   .answering = Answering{.mode = Answering::Mode::kHost}});
  call.Start();
  call.Step(TaskPaused{});
  return call;
}

TEST(Pause, KeepsATaskFromAgentsUntilItIsResumed) {
  TestCall call = PausedTask("{}");
  call.Step(AgentAccepted{});
  EXPECT_EQ(call.contact().phase(), Phase::kQueued);
  EXPECT_THAT(call.Warnings(), ElementsAre("the task is paused: nobody can accept it"));

  call.Step(TaskResumed{});
  call.Step(AgentAccepted{});

  EXPECT_EQ(call.contact().phase(), Phase::kTalking);
}

TEST(Pause, RunsTheFlowOfItsHookWhichMayResumeTheTask) {
  TestCall call = PausedTask(
      R"({"PauseContact":"pause"})",
      Action("wait", "Wait", R"({"TimeLimitSeconds":"60"})", {{"next", "x"}}) + "," +
          Action("x", "ResumeContact", "{}", {{"next", "end"}, {"Error:NoMatchingError", "end"}}) +
          "," + Action("end", "EndFlowExecution", "{}"));
  EXPECT_EQ(OutcomeOf(call), "not run");

  call.Step(TimeAdvanced{std::chrono::seconds(60)});
  call.Step(AgentAccepted{});

  EXPECT_EQ(OutcomeOf(call), "success");
  EXPECT_EQ(call.contact().phase(), Phase::kTalking);
}

TEST(Pause, IsForTasks) {
  TestCall call = Talking(TalkWorld());
  call.Step(TaskPaused{});

  EXPECT_THAT(call.Warnings(),
              ElementsAre("only a task in a queue or with an agent can be paused"));
}

// ---- As JSON ----

std::string ReadWrong(const json::Object& object, const Contact& contact) {
  const Result<Event> read = ReadEvent(object, contact);
  return read ? "no error" : read.error().message();
}

TEST(AgentEvents, AreReadFromJson) {
  TestCall call = Talking(TalkWorld());
  const Contact& contact = call.contact();
  const auto hold = ReadEvent({{"agentHolds", "agent"}}, contact);
  const auto transfer =
      ReadEvent({{"agentTransfers", json::Object{{"queue", "Sales"}, {"flow", "f"}}}}, contact);

  EXPECT_TRUE(std::get<AgentHolds>(*hold).agent);
  EXPECT_EQ(std::get<AgentTransfers>(*transfer).queue, "Sales");
  EXPECT_EQ(std::get<AgentTransfers>(*transfer).flow, "f");
  EXPECT_TRUE(ReadEvent({{"agentResumes", true}}, contact).ok());
  EXPECT_TRUE(ReadEvent({{"taskPauses", true}}, contact).ok());
  EXPECT_EQ(ReadWrong({{"agentHolds", "me"}}, contact),
            "expected 'customer' or 'agent' in 'agentHolds' but got a string");
  EXPECT_EQ(ReadWrong({{"agentTransfers", json::Object{{"to", "Sales"}}}}, contact),
            "expected an object with 'queue', 'agent' or 'number', and 'flow' if there is one, in "
            "'agentTransfers'");
}

}  // namespace
}  // namespace trunkline::sim::tests
