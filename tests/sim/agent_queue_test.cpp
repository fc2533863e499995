// The own queue of an agent as the working queue.
#include <gmock/gmock.h>

#include "tests/sim/around.h"

namespace trunkline::sim::tests {
namespace {

std::string SetAgent() {
  return Action("agent", "UpdateContactTargetQueue", R"({"AgentId":"ada"})", {{"next", "x"}});
}

World QueuedForAda() {
  return Around("TransferContactToQueue", "{}", {}, SetAgent());
}

TEST(AgentQueue, IsAnsweredByItsAgentOnly) {
  World world = QueuedForAda();
  world.agents.insert(world.agents.begin(), {.id = "a-bob", .user_name = "bob"});
  TestCall call(std::move(world));

  call.Start();

  ASSERT_NE(call.Last<Joined>(), nullptr);
  EXPECT_EQ(call.Last<Joined>()->agent, "ada");
}

TEST(AgentQueue, OfAnAgentWhoIsAwayKeepsTheContactWaiting) {
  World world = QueuedForAda();
  world.agents.front().available = false;
  TestCall call(std::move(world));

  call.Start();

  EXPECT_EQ(call.contact().phase(), Phase::kQueued);
  EXPECT_EQ(call.Last<Joined>(), nullptr);
}

TEST(AgentQueue, CountsItsAgentWhereItIsAvailable) {
  for (const bool available : {true, false}) {
    World world =
        Around("CheckMetricData", R"({"MetricType":"NumberOfAgentsAvailable"})",
               {{"NumberGreaterThan 0", "end"}, {"Error:NoMatchingCondition", "end"}}, SetAgent());
    world.agents.front().available = available;
    TestCall call(std::move(world));

    EXPECT_EQ(OutcomeOf(call), available ? "NumberGreaterThan 0: 1" : "NoMatchingCondition: 0");
  }
}

TEST(AgentQueue, CanBeAskedForItsNumbersWithoutBecomingTheWorkingQueue) {
  TestCall check(Around("CheckMetricData",
                        R"({"MetricType":"NumberOfAgentsAvailable","AgentId":"ada"})",
                        {{"NumberGreaterThan 0", "end"}, {"Error:NoMatchingCondition", "end"}}));
  TestCall get(Around("MessageParticipant",
                      R"({"Text":"$.Metrics.Queue.Name $.Metrics.Agents.Available.Count"})", {},
                      Action("get", "GetMetricData", R"({"AgentId":"ada"})", {{"next", "x"}})));
  get.Start();

  EXPECT_EQ(OutcomeOf(check), "NumberGreaterThan 0: 1");
  EXPECT_EQ(check.contact().queue(), nullptr);
  EXPECT_EQ(get.Said().front(), "customer: ada 1");
  EXPECT_EQ(Outcome("GetMetricData", R"({"AgentId":"bob"})"),
            "NoMatchingError: agent 'bob' does not exist");
}

TEST(AgentQueue, TakesACallback) {
  TestCall call(Around(
      "CreateCallbackContact",
      R"({"AgentId":"ada","InitialCallDelaySeconds":"5","MaximumConnectionAttempts":"2","RetryDelaySeconds":"600"})"));
  call.Start();

  ASSERT_NE(call.Last<CallbackCreated>(), nullptr);
  EXPECT_EQ(call.Last<CallbackCreated>()->queue_name, "ada");
}

TEST(AgentQueue, TakesAQueuedContact) {
  World world = SmallWorld();
  world.agents.insert(world.agents.begin(), {.id = "a-bob", .user_name = "bob"});
  world.flows.push_back(
      MakeFlow("wait", "CUSTOMER_QUEUE",
               Action("move", "DequeueContactAndTransferToQueue", R"({"AgentId":"ada"})")));
  world.flows.push_back(
      MakeFlow("main", "CONTACT_FLOW",
               Action("hook", "UpdateContactEventHooks",
                      R"({"EventHooks":{"CustomerQueue":"wait"}})", {{"next", "queue"}}) +
                   "," +
                   Action("queue", "UpdateContactTargetQueue", R"({"QueueId":"q-sales"})",
                          {{"next", "go"}}) +
                   "," + Action("go", "TransferContactToQueue", "{}")));
  world.answering.mode = Answering::Mode::kNobody;
  TestCall call(std::move(world));
  call.Start();

  EXPECT_EQ(call.contact().queue()->name, "ada");
}

}  // namespace
}  // namespace trunkline::sim::tests
