#include "sim/coverage.h"

#include <gtest/gtest.h>

#include "tests/sim/fixture.h"

namespace trunkline::sim {
namespace {

using tests::Action;
using tests::MakeFlow;

TEST(Coverage, CountsTheBranchThatWasTakenOfSeveralOfTheSameFlow) {
  World world = tests::SmallWorld();
  world.flows = {MakeFlow(
      "main", "CONTACT_FLOW",
      Action("ask", "Compare", R"({"ComparisonValue":"b"})",
             {{"Equals a", "end"}, {"Equals b", "end"}, {"Error:NoMatchingCondition", "end"}}) +
          "," + Action("end", "DisconnectParticipant", "{}"))};
  tests::TestCall call(world);
  Coverage coverage;
  const FlowResource* flow = nullptr;
  for (const Effect& effect : call.Start()) {
    if (effect.flow != nullptr) flow = effect.flow;
    coverage.See(effect);
  }

  ASSERT_NE(flow, nullptr);
  EXPECT_EQ(coverage.TimesTaken(*flow, "ask", {flow::EdgeKind::kCondition, 1}), 1U);
  EXPECT_EQ(coverage.TimesTaken(*flow, "ask", {flow::EdgeKind::kCondition, 0}), 0U);
  EXPECT_EQ(coverage.TimesTaken(*flow, "ask", {flow::EdgeKind::kError, 0}), 0U);
  EXPECT_EQ(coverage.TimesTaken(*flow, "end", {}), 0U);
}

TEST(Coverage, AddsUp) {
  const FlowResource flow{.id = "f"};
  Coverage one;
  Coverage other;
  one.Begin(flow, "a");
  other.Begin(flow, "a");
  other.See({.flow = &flow, .action = "a", .what = Ran{.branch = BranchTaken{}}});
  one.Add(other);

  EXPECT_EQ(one.TimesRun(flow, "a"), 2U);
  EXPECT_EQ(one.TimesTaken(flow, "a", {}), 1U);
  EXPECT_EQ(one.TimesRun(flow, "b"), 0U);
}

}  // namespace
}  // namespace trunkline::sim
