#include "flow/graph.h"

#include <algorithm>
#include <unordered_map>

namespace trunkline::flow {
namespace {

// Tarjan's algorithm with its own stack: a flow may be one long chain.
class ComponentFinder {
 public:
  explicit ComponentFinder(const Graph& graph)
      : graph_(graph),
        component_(graph.size(), kNoAction),
        order_(graph.size(), kNoAction),
        low_(graph.size(), 0) {}

  std::vector<std::size_t> Find() {
    for (std::size_t root = 0; root < graph_.size(); ++root) {
      if (order_[root] == kNoAction) Visit(root);
    }
    return std::move(component_);
  }

 private:
  struct Frame {
    std::size_t action;
    std::size_t edge = 0;
  };

  void Enter(std::size_t action) {
    order_[action] = low_[action] = count_++;
    open_.push_back(action);
    frames_.push_back({.action = action});
  }

  void Visit(std::size_t root) {
    Enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const std::vector<std::size_t>& next = graph_.Next(frame.action);
      if (frame.edge < next.size()) {
        const std::size_t target = next[frame.edge++];
        if (order_[target] == kNoAction) {
          Enter(target);
        } else if (component_[target] == kNoAction) {
          low_[frame.action] = std::min(low_[frame.action], order_[target]);
        }
      } else {
        Leave();
      }
    }
  }

  void Leave() {
    const std::size_t action = frames_.back().action;
    frames_.pop_back();
    if (!frames_.empty()) {
      std::size_t& low = low_[frames_.back().action];
      low = std::min(low, low_[action]);
    }
    if (low_[action] != order_[action]) return;
    for (std::size_t member = kNoAction; member != action;) {
      member = open_.back();
      open_.pop_back();
      component_[member] = components_;
    }
    ++components_;
  }

  const Graph& graph_;
  std::vector<std::size_t> component_;
  std::vector<std::size_t> order_;
  std::vector<std::size_t> low_;
  std::vector<std::size_t> open_;
  std::vector<Frame> frames_;
  std::size_t count_ = 0;
  std::size_t components_ = 0;
};

}  // namespace

Graph::Graph(const Document& document) : document_(document), next_(document.actions.size()) {
  std::unordered_map<std::string_view, std::size_t> positions;
  for (std::size_t i = 0; i < document.actions.size(); ++i)
    positions.emplace(document.actions[i].id, i);
  const auto find = [&](std::string_view id) {
    const auto found = positions.find(id);
    return found == positions.end() ? kNoAction : found->second;
  };
  start_ = find(document.start);
  for (std::size_t i = 0; i < document.actions.size(); ++i) {
    const Action& action = document.actions[i];
    const auto add = [&](std::string_view id) {
      const std::size_t target = find(id);
      if (target != kNoAction && std::ranges::find(next_[i], target) == next_[i].end())
        next_[i].push_back(target);
    };
    if (action.next) add(*action.next);
    for (const ConditionBranch& branch : action.conditions) add(branch.next);
    for (const ErrorBranch& branch : action.errors) add(branch.next);
  }
}

std::size_t Graph::Find(std::string_view id) const {
  const Action* action = document_.FindAction(id);
  return action == nullptr ? kNoAction
                           : static_cast<std::size_t>(action - document_.actions.data());
}

std::vector<bool> Graph::Reachable() const {
  std::vector<bool> reached(size(), false);
  std::vector<std::size_t> open;
  const auto visit = [&](std::size_t action) {
    if (reached[action]) return;
    reached[action] = true;
    open.push_back(action);
  };
  if (start_ != kNoAction) visit(start_);
  while (!open.empty()) {
    const std::size_t action = open.back();
    open.pop_back();
    for (const std::size_t target : next_[action]) visit(target);
  }
  return reached;
}

std::vector<std::size_t> Graph::Components() const {
  return ComponentFinder(*this).Find();
}

}  // namespace trunkline::flow
