#include "sim/coverage.h"

namespace trunkline::sim {

void Coverage::See(const Effect& effect) {
  const auto* ran = std::get_if<Ran>(&effect.what);
  if (ran == nullptr || !ran->branch || effect.flow == nullptr) return;
  ++flows_[effect.flow][std::string(effect.action)]
        .taken[{ran->branch->kind, ran->branch->position}];
}

void Coverage::Add(const Coverage& other) {
  for (const auto& [flow, actions] : other.flows_) {
    for (const auto& [id, counts] : actions) {
      Counts& sum = flows_[flow][id];
      sum.begun += counts.begun;
      for (const auto& [branch, times] : counts.taken) sum.taken[branch] += times;
    }
  }
}

const Coverage::Counts* Coverage::Find(const FlowResource& flow, std::string_view action) const {
  const auto actions = flows_.find(&flow);
  if (actions == flows_.end()) return nullptr;
  const auto found = actions->second.find(action);
  return found == actions->second.end() ? nullptr : &found->second;
}

std::size_t Coverage::TimesRun(const FlowResource& flow, std::string_view action) const {
  const Counts* counts = Find(flow, action);
  return counts == nullptr ? 0 : counts->begun;
}

std::size_t Coverage::TimesTaken(const FlowResource& flow, std::string_view action,
                                 const BranchTaken& branch) const {
  const Counts* counts = Find(flow, action);
  if (counts == nullptr) return 0;
  const auto found = counts->taken.find({branch.kind, branch.position});
  return found == counts->taken.end() ? 0 : found->second;
}

}  // namespace trunkline::sim
