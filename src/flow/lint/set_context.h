// What rules about sets look at: the facts of all flows, with calls resolved.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "flow/lint_set.h"

namespace trunkline::flow {

inline constexpr std::size_t kNoFlow = static_cast<std::size_t>(-1);

class SetContext {
 public:
  explicit SetContext(std::span<const FlowFacts> flows);

  const std::span<const FlowFacts> flows;

  // The flow or module that the call names; kNoFlow when it is not in the set.
  std::size_t TargetOf(std::size_t flow, const FlowCall& call) const {
    return targets_[flow][static_cast<std::size_t>(&call - flows[flow].calls.data())];
  }
  // Whether every call names something in the set, so that what is not named is not called.
  bool KnowsAllCalls() const { return knows_all_; }
  std::vector<std::string> Names(bool modules) const;

  // Called by the runner: what the next reports are about.
  void Start(const LintRule& rule, LintLevel level);
  void Report(std::size_t flow, std::string message, std::uint32_t offset, std::string hint = {});
  // For a rule whose certainty differs by case: never above its level.
  void ReportNote(std::size_t flow, std::string message, std::uint32_t offset,
                  std::string hint = {});
  std::vector<SetFinding> Take() { return std::move(findings_); }

 private:
  using Names_ = std::map<std::pair<bool, std::string_view>, std::size_t>;

  std::size_t Resolve(const FlowCall& call, const Names_& names, const Names_& ids) const;
  void Add(Severity severity, std::size_t flow, std::string message, std::uint32_t offset,
           std::string hint);

  std::vector<std::vector<std::size_t>> targets_;
  bool knows_all_ = true;
  const LintRule* rule_ = nullptr;
  LintLevel level_ = LintLevel::kOff;
  std::vector<SetFinding> findings_;
};

// `use(flow, call, target)` for every call of every flow.
template <class Use>
void ForEachCall(const SetContext& set, Use use) {
  for (std::size_t flow = 0; flow < set.flows.size(); ++flow) {
    for (const FlowCall& call : set.flows[flow].calls) use(flow, call, set.TargetOf(flow, call));
  }
}

// The identifier of the action that calls.
inline const std::string& ActionOf(const FlowFacts& flow, const FlowCall& call) {
  return flow.nodes[call.node].action;
}

}  // namespace trunkline::flow
