#include "flow/graph.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "flow/catalogue.h"

namespace trunkline::flow {
namespace {

// Tarjan's algorithm with its own stack: a flow may be one long chain.
class ComponentFinder {
 public:
  explicit ComponentFinder(const std::vector<std::vector<std::size_t>>& next)
      : next_(next),
        component_(next.size(), kNoAction),
        order_(next.size(), kNoAction),
        low_(next.size(), 0) {}

  std::vector<std::size_t> Find() {
    for (std::size_t root = 0; root < next_.size(); ++root) {
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
      const std::vector<std::size_t>& next = next_[frame.action];
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

  const std::vector<std::vector<std::size_t>>& next_;
  std::vector<std::size_t> component_;
  std::vector<std::size_t> order_;
  std::vector<std::size_t> low_;
  std::vector<std::size_t> open_;
  std::vector<Frame> frames_;
  std::size_t count_ = 0;
  std::size_t components_ = 0;
};

// Whether success leads out of the flow, so that NextAction is there for form's sake.
bool LeavesTheFlow(const Action& action) {
  if (action.Is("TransferParticipantToThirdParty"))
    return EqualsIgnoreCase(action.parameters.GetString("ContinueFlowExecution"), "false");
  return action.Is("TransferContactToQueue") || action.Is("TransferToFlow") ||
         action.Is("DequeueContactAndTransferToQueue");
}

// Where an action has conditions they decide, and NextAction repeats one of them. A module's result
// that no condition names goes there, unless a branch for it exists.
bool TakesNext(const Action& action) {
  if (!action.next || LeavesTheFlow(action)) return false;
  if (action.conditions.empty() || FindActionKind(action.type) == nullptr) return true;
  return action.Is("InvokeFlowModule") &&
         std::ranges::find(action.errors, "NoMatchingCondition", &ErrorBranch::type) ==
             action.errors.end();
}

}  // namespace

std::vector<std::size_t> ComponentsOf(const std::vector<std::vector<std::size_t>>& next) {
  return ComponentFinder(next).Find();
}

Graph::Graph(const Document& document)
    : document_(document), next_(document.actions.size()), edges_(document.actions.size()) {
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
    const auto add = [&](std::string_view id, EdgeKind kind, std::size_t branch, bool taken) {
      const std::size_t target = find(id);
      if (target == kNoAction) return;
      if (std::ranges::find(next_[i], target) == next_[i].end()) next_[i].push_back(target);
      if (taken) edges_[i].push_back({.target = target, .kind = kind, .branch = branch});
    };
    if (action.next) add(*action.next, EdgeKind::kNext, 0, TakesNext(action));
    for (std::size_t branch = 0; branch < action.conditions.size(); ++branch)
      add(action.conditions[branch].next, EdgeKind::kCondition, branch, true);
    for (std::size_t branch = 0; branch < action.errors.size(); ++branch)
      add(action.errors[branch].next, EdgeKind::kError, branch, true);
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
  return ComponentsOf(next_);
}

}  // namespace trunkline::flow
