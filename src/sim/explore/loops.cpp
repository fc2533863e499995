#include "sim/explore/loops.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>

#include "flow/graph.h"

namespace trunkline::sim {
namespace {

class LoopFinder {
 public:
  LoopFinder(const Explored& explored, const std::vector<bool>& within, Counts counts)
      : explored_(explored), within_(within), counts_(counts) {
    std::vector<std::vector<std::size_t>> next(explored.states.size());
    for (std::size_t state = 0; state < next.size(); ++state) {
      for (std::size_t i = 0; i < explored.states[state].next.size(); ++i) {
        if (IsEdge(state, i)) next[state].push_back(explored.states[state].next[i]);
      }
    }
    component_ = flow::ComponentsOf(next);
  }

  std::vector<StateLoop> Find(Counts key) const {
    std::map<std::size_t, StateLoop> found;  // by component
    for (std::size_t state = 0; state < explored_.states.size(); ++state) {
      for (std::size_t i = 0; i < explored_.states[state].next.size(); ++i) {
        if (!IsInside(state, i)) continue;
        if (!found.contains(component_[state]) && key(explored_.states[state], i))
          found[component_[state]] = {.actions = {}, .first = state, .key = {state, i}, .way = {}};
      }
    }
    return Complete(std::move(found));
  }

 private:
  bool IsIn(std::size_t state) const {
    return state < explored_.states.size() && (within_.empty() || within_[state]);
  }
  bool IsEdge(std::size_t state, std::size_t choice) const {
    const StateNode& node = explored_.states[state];
    return IsIn(state) && IsIn(node.next[choice]) && counts_(node, choice);
  }
  // The choice stays in its loop.
  bool IsInside(std::size_t state, std::size_t choice) const {
    return IsEdge(state, choice) &&
           component_[explored_.states[state].next[choice]] == component_[state];
  }

  std::vector<StateLoop> Complete(std::map<std::size_t, StateLoop> found) const {
    for (std::size_t state = 0; state < explored_.states.size(); ++state) {
      const auto loop = found.find(component_[state]);
      if (loop == found.end()) continue;
      const StateNode& node = explored_.states[state];
      loop->second.actions.emplace(node.flow, node.action);
    }
    std::vector<StateLoop> loops;
    std::set<std::set<std::pair<std::string, std::string>>> seen;
    for (auto& [component, loop] : found) {
      if (!seen.insert(loop.actions).second) continue;
      loop.way = Round(loop.key);
      loops.push_back(std::move(loop));
    }
    std::ranges::sort(loops, {}, &StateLoop::first);
    return loops;
  }

  // To the state, by the choice, and back to the state.
  Way Round(const Step& key) const {
    Way way = WayTo(explored_, key.state);
    way.push_back(key.choice);
    const std::size_t from = explored_.states[key.state].next[key.choice];
    std::map<std::size_t, Step> came{{from, {from, 0}}};
    std::deque<std::size_t> open{from};
    while (!open.empty() && !came.contains(key.state)) {
      const std::size_t state = open.front();
      open.pop_front();
      for (std::size_t i = 0; i < explored_.states[state].next.size(); ++i) {
        if (IsInside(state, i) &&
            came.emplace(explored_.states[state].next[i], Step{state, i}).second)
          open.push_back(explored_.states[state].next[i]);
      }
    }
    Way back;
    for (std::size_t at = key.state; at != from && came.contains(at); at = came.at(at).state)
      back.push_back(came.at(at).choice);
    way.insert(way.end(), back.rbegin(), back.rend());
    return way;
  }

  const Explored& explored_;
  const std::vector<bool>& within_;
  Counts counts_;
  std::vector<std::size_t> component_;
};

}  // namespace

std::vector<StateLoop> FindLoops(const Explored& explored, const std::vector<bool>& within,
                                 Counts counts, Counts key) {
  return LoopFinder(explored, within, counts).Find(key);
}

std::vector<bool> FindTrapped(const Explored& explored) {
  const std::size_t count = explored.states.size();
  std::vector<std::vector<std::size_t>> before(count);
  std::vector<bool> trapped(count, true);
  std::vector<std::size_t> open;
  const auto leave = [&](std::size_t state) {
    if (!trapped[state]) return;
    trapped[state] = false;
    open.push_back(state);
  };
  for (std::size_t state = 0; state < count; ++state) {
    const StateNode& node = explored.states[state];
    if (node.queued) leave(state);
    for (std::size_t i = 0; i < node.next.size(); ++i) {
      if (node.hang_up[i]) continue;
      if (node.next[i] >= count) leave(state);
      if (node.next[i] < count) before[node.next[i]].push_back(state);
    }
  }
  while (!open.empty()) {
    const std::size_t state = open.back();
    open.pop_back();
    for (const std::size_t one : before[state]) leave(one);
  }
  return trapped;
}

}  // namespace trunkline::sim
