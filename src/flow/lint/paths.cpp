#include "flow/lint/paths.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::flow {

std::string BranchName(const Action& action, const GraphEdge& edge) {
  if (edge.kind == EdgeKind::kNext) return "success";
  if (edge.kind == EdgeKind::kCondition) {
    const ConditionBranch& branch = action.conditions[edge.branch];
    return fmt::format("{}'{}'", branch.op == "Equals" ? "" : branch.op + " ",
                       Join(branch.operands, ", "));
  }
  const std::string& type = action.errors[edge.branch].type;
  return type == "NoMatchingCondition" ? "no match" : fmt::format("error '{}'", type);
}

std::string AndMore(std::string_view first, std::size_t more) {
  return more == 0 ? fmt::format("'{}'", first) : fmt::format("'{}' and {} more", first, more);
}

std::string TellWay(std::vector<std::string> decisions) {
  constexpr std::size_t kTold = 4;
  if (decisions.empty()) return "the straight way";
  if (decisions.size() > kTold) {
    decisions.erase(decisions.begin() + 1, decisions.end() - (kTold - 1));
    decisions.insert(decisions.begin() + 1, "...");
  }
  return Join(decisions, ", ");
}

std::string Paths::Way(std::size_t action, State state) const {
  std::vector<std::string> decisions;
  std::size_t pair = action * states_ + state;
  for (; from_[pair] != kStart; pair = from_[pair]) {
    const std::size_t before = from_[pair] / states_;
    const GraphEdge& edge = context_.graph.Edges(before)[edge_[pair]];
    if (edge.kind == EdgeKind::kNext) continue;
    const Action& decider = context_.document.actions[before];
    decisions.push_back(fmt::format("{} of '{}'", BranchName(decider, edge), decider.id));
  }
  std::ranges::reverse(decisions);
  return TellWay(std::move(decisions));
}

}  // namespace trunkline::flow
