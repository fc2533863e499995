// Tells the path on which an attribute is not set.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/attribute_solver.h"
#include "flow/lint/paths.h"

namespace trunkline::flow::lint {

// One step of a way: a node, and how it was reached.
struct AttributeSolver::Step {
  std::size_t flow;
  std::size_t node;
  std::size_t before;    // position of the step before; its own for the first
  std::string decision;  // what was decided there; empty for success
};

// "in 'Main': '2' of 'menu'; in 'Sales': the straight way", of the way to the last step.
std::string AttributeSolver::InWords(const std::vector<Step>& steps) const {
  std::vector<std::string> parts;
  std::vector<std::string> decisions;
  for (std::size_t at = steps.size() - 1;; at = steps[at].before) {
    const Step& step = steps[at];
    if (!step.decision.empty()) decisions.push_back(step.decision);
    const bool first = step.before == at;
    if (first || steps[step.before].flow != step.flow) {
      std::ranges::reverse(decisions);
      parts.push_back(fmt::format("in '{}': {}", set_.flows[step.flow].name,
                                  TellWay(std::exchange(decisions, {}))));
    }
    if (first) break;
  }
  std::ranges::reverse(parts);
  return Join(parts, "; ");
}

// Nearest first, along edges and calls behind which the key may be missing; the last step is the
// node. Empty when only a hook leads there.
std::vector<AttributeSolver::Step> AttributeSolver::StepsWithout(const Run& run, std::size_t flow,
                                                                 std::size_t node,
                                                                 Mask mask) const {
  std::vector<Step> steps;
  std::vector<std::vector<bool>> seen(group_.size());
  for (const std::size_t one : group_)
    seen[local_.at(one)].assign(set_.flows[one].nodes.size(), false);
  const auto visit = [&](std::size_t to, std::size_t at, std::size_t before, std::string decision) {
    if (at >= seen[local_.at(to)].size() || seen[local_.at(to)][at]) return;
    seen[local_.at(to)][at] = true;
    steps.push_back({to, at, before, std::move(decision)});
  };
  for (const std::size_t entry : run.entries) visit(entry, 0, steps.size(), {});
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto [in, at] = std::pair(steps[i].flow, steps[i].node);
    if (in == flow && at == node) {
      steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(i) + 1, steps.end());
      return steps;
    }
    const FactNode& here = set_.flows[in].nodes[at];
    for (const FactEdge& edge : here.edges) {
      const std::optional<State> behind = Behind(in, at, edge, State{0, 0});
      if (!behind || (behind->every & mask) != 0) continue;
      visit(in, edge.target, i,
            edge.branch.empty() ? std::string()
                                : fmt::format("{} of '{}'", edge.branch, here.action));
    }
    for (const FlowCall& call : set_.flows[in].calls) {
      const std::size_t target = set_.TargetOf(in, call);
      if (call.node == at && target != kNoFlow && (AtCall(run, in, call).every & mask) == 0)
        visit(target, 0, i, {});
    }
  }
  return {};
}

std::string AttributeSolver::WayWithout(std::size_t flow, std::size_t node,
                                        std::string_view key) const {
  const Mask mask = MaskOf(key);
  const Run* const run = MissingRun(local_.at(flow), node, mask);
  const std::vector<Step> steps =
      run == nullptr ? std::vector<Step>() : StepsWithout(*run, flow, node, mask);
  return steps.empty() ? "through a hook" : InWords(steps);
}

}  // namespace trunkline::flow::lint
