#include "flow/graph.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace trunkline::flow {
namespace {

using testing::ElementsAre;

// Actions "0", "1", ... with the given targets; 0 is the start.
Document Chain(const std::vector<std::vector<int>>& targets) {
  std::string actions;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    std::string errors;
    for (const int target : targets[i]) {
      errors += fmt::format(R"({}{{"ErrorType":"x","NextAction":"{}"}})", errors.empty() ? "" : ",",
                            target);
    }
    actions += fmt::format(R"({}{{"Identifier":"{}","Type":"X","Transitions":{{"Errors":[{}]}}}})",
                           i == 0 ? "" : ",", i, errors);
  }
  Parsed parsed =
      Parse(fmt::format(R"({{"StartAction":"0","Actions":[{}]}})", actions), "flow.json");
  return std::move(*parsed.document);
}

TEST(Graph, KnowsWhatIsReachable) {
  const Document flow = Chain({{1}, {0}, {1}});

  EXPECT_THAT(Graph(flow).Reachable(), ElementsAre(true, true, false));
}

TEST(Graph, LeavesOutTargetsThatDoNotExist) {
  const Document flow = Chain({{1, 9, 1}, {}});

  EXPECT_THAT(Graph(flow).Next(0), ElementsAre(1));
}

TEST(Graph, GivesTheActionsOfACycleOneComponent) {
  const Document flow = Chain({{1}, {2}, {1, 3}, {3}});

  const std::vector<std::size_t> components = Graph(flow).Components();

  EXPECT_EQ(components[1], components[2]);
  EXPECT_NE(components[0], components[1]);
  EXPECT_NE(components[3], components[2]);
}

TEST(Graph, WalksAVeryLongChain) {
  std::vector<std::vector<int>> targets;
  for (int i = 0; i < 20000; ++i) targets.push_back({i + 1});
  const Document flow = Chain(targets);

  EXPECT_EQ(Graph(flow).Components().size(), 20000U);
  EXPECT_EQ(Graph(flow).Reachable().back(), true);
}

}  // namespace
}  // namespace trunkline::flow
