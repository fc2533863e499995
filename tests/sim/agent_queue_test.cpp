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

}  // namespace
}  // namespace trunkline::sim::tests
