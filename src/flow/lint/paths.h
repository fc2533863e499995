// Following every path of a flow, for rules that ask what must have happened before an action.
//
// A rule gives a path a small state ("the hours were checked": 0 or 1; which channels are possible:
// 0 to 15) and a step: the state behind an edge, from the state before it. Every pair of action and
// state that some path from the start reaches is visited once, nearest first, so the cost is linear
// in the flow and the way that is told is the shortest.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "flow/lint/context.h"

namespace trunkline::flow {

class Paths {
 public:
  using State = std::uint8_t;

  // `step(state, action, edge)` gives a state below `states`. `action` is the one the edge leaves.
  template <class Step>
  Paths(const LintContext& context, std::size_t states, State first, const Step& step);

  bool Reaches(std::size_t action, State state) const {
    return from_[action * states_ + state] != kUnseen;
  }
  // The decisions on the shortest path there, for messages: "'2' of 'menu', error 'NoMatchingError'
  // of 'lookup'"; "the straight way" when there are none.
  std::string Way(std::size_t action, State state) const;

 private:
  static constexpr std::uint32_t kUnseen = static_cast<std::uint32_t>(-1);
  static constexpr std::uint32_t kStart = static_cast<std::uint32_t>(-2);

  const LintContext& context_;
  std::size_t states_;
  std::vector<std::uint32_t> from_;  // by action * states_ + state: the pair before
  std::vector<std::uint32_t> edge_;  // which edge of it
};

// In words: "'2'", "error 'NoMatchingError'", "no match".
std::string BranchName(const Action& action, const GraphEdge& edge);

// Decisions in the order of the way, joined; the middle of a long way is left out.
std::string TellWay(std::vector<std::string> decisions);

// "'a' and 2 more"
std::string AndMore(std::string_view first, std::size_t more);

template <class Step>
Paths::Paths(const LintContext& context, std::size_t states, State first, const Step& step)
    : context_(context),
      states_(states),
      from_(context.graph.size() * states, kUnseen),
      edge_(context.graph.size() * states, 0) {
  const Graph& graph = context.graph;
  if (graph.start() == kNoAction) return;
  std::vector<std::uint32_t> queue;
  const auto visit = [&](std::size_t action, State state, std::uint32_t from, std::size_t edge) {
    const std::size_t pair = action * states_ + state;
    if (from_[pair] != kUnseen) return;
    from_[pair] = from;
    edge_[pair] = static_cast<std::uint32_t>(edge);
    queue.push_back(static_cast<std::uint32_t>(pair));
  };
  visit(graph.start(), first, kStart, 0);
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const std::uint32_t pair = queue[head];
    const std::size_t at = pair / states_;
    const std::vector<GraphEdge>& edges = graph.Edges(at);
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const State after =
          step(static_cast<State>(pair % states_), context.document.actions[at], edges[i]);
      visit(edges[i].target, after, pair, i);
    }
  }
}

}  // namespace trunkline::flow
