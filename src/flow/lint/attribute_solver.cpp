#include "flow/lint/attribute_solver.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/paths.h"

namespace trunkline::flow::lint {
namespace {

// A hook's flow runs once the contact is in the queue or with an agent, so it finds what is set on
// every way there; the other hooks may run at any time.
bool RunsAfterQueue(std::string_view hook) {
  return hook == "CustomerQueue" || hook.ends_with("Whisper") || hook.ends_with("Hold");
}

}  // namespace

AttributeSolver::AttributeSolver(const SetContext& set, const std::vector<std::size_t>& group)
    : set_(set), group_(group), called_(group.size(), false), module_of_(group.size()) {
  std::set<std::string_view> read;
  std::set<std::string_view> written;
  for (std::size_t i = 0; i < group.size(); ++i) {
    const FlowFacts& flow = set.flows[group[i]];
    local_.emplace(group[i], i);
    module_of_[i].assign(flow.nodes.size(), kNoFlow);
    for (const FactNode& node : flow.nodes) {
      for (const AttributeRead& one : node.reads) read.insert(one.key);
    }
    for (const AttributeRead& one : flow.set_keys) written.insert(one.key);
  }
  std::ranges::set_intersection(read, written, std::back_inserter(keys_));
  for (const std::size_t flow : group) {
    for (const FlowCall& call : set.flows[flow].calls) {
      const std::size_t target = set.TargetOf(flow, call);
      if (target == kNoFlow) continue;
      called_[local_.at(target)] = true;
      if (call.kind == CallKind::kModule) module_of_[local_.at(flow)][call.node] = target;
    }
  }
}

bool AttributeSolver::NextBatch() {
  if (next_key_ >= keys_.size()) return false;
  bits_.clear();
  for (std::size_t bit = 0; bit < kBits && next_key_ < keys_.size(); ++bit)
    bits_.emplace(keys_[next_key_++], Mask{1} << bit);
  SolveModules();
  SolveAll();
  return true;
}

AttributeSolver::Mask AttributeSolver::MaskOf(std::string_view key) const {
  const auto found = bits_.find(key);
  return found == bits_.end() ? 0 : found->second;
}

AttributeSolver::Mask AttributeSolver::SetBy(const FactEdge& edge) const {
  Mask mask = 0;
  for (const std::string& key : edge.sets) mask |= MaskOf(key);
  return mask;
}

AttributeSolver::State AttributeSolver::Behind(std::size_t flow, std::size_t node,
                                               const FactEdge& edge, State before) const {
  const Mask mask = SetBy(edge);
  State after{before.every | mask, before.some | mask};
  const std::size_t module = module_of_[local_.at(flow)][node];
  if (module == kNoFlow) return after;
  const State& effect = effects_[local_.at(module)];
  const bool failed = edge.branch.starts_with("error");
  after.some |= effect.some;
  if (!failed) after.every |= effect.every;
  return after;
}

void AttributeSolver::SolveModules() {
  effects_.assign(group_.size(), State{0, 0});
  solved_.assign(group_.size(), false);
  states_.assign(group_.size(), {});
  for (const std::size_t flow : group_) {
    if (set_.flows[flow].is_module) SolveModule(flow);
  }
}

// The modules it runs first. In a cycle, which the service refuses, the one that is still open
// counts as setting nothing.
void AttributeSolver::SolveModule(std::size_t module) {
  const std::size_t at = local_.at(module);
  if (solved_[at]) return;
  solved_[at] = true;
  for (const std::size_t inner : module_of_[at]) {
    if (inner != kNoFlow) SolveModule(inner);
  }
  SolveFlow(module, State{0, 0});
  effects_[at] = AtReturn(module);
}

void AttributeSolver::SolveFlow(std::size_t flow, State entry) {
  const std::vector<FactNode>& nodes = set_.flows[flow].nodes;
  std::vector<State>& states = states_[local_.at(flow)];
  states.assign(nodes.size(), State{});
  if (nodes.empty()) return;
  std::vector<std::size_t> open{0};
  std::vector<bool> visited(nodes.size(), false);
  states[0] = entry;
  visited[0] = true;
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const FactEdge& edge : nodes[at].edges) {
      const State after = Behind(flow, at, edge, states[at]);
      State& target = states[edge.target];
      const State joined{target.every & after.every, target.some | after.some};
      if (visited[edge.target] && joined.every == target.every && joined.some == target.some)
        continue;
      visited[edge.target] = true;
      target = joined;
      open.push_back(edge.target);
    }
  }
}

AttributeSolver::State AttributeSolver::AtReturn(std::size_t module) const {
  const std::vector<FactNode>& nodes = set_.flows[module].nodes;
  State joined;
  bool returns = false;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!nodes[i].is_return) continue;
    const State& state = states_[local_.at(module)][i];
    joined = {joined.every & state.every, joined.some | state.some};
    returns = true;
  }
  return returns ? joined : State{0, 0};
}

AttributeSolver::State AttributeSolver::AtCall(std::size_t flow, const FlowCall& call) const {
  const std::vector<State>& states = states_[local_.at(flow)];
  State state = states[call.node];
  if (call.kind != CallKind::kHook || !RunsAfterQueue(call.hook)) return state;
  State queued;
  bool queues = false;
  const std::vector<FactNode>& nodes = set_.flows[flow].nodes;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!nodes[i].is_queue) continue;
    queued = {queued.every & states[i].every, queued.some | states[i].some};
    queues = true;
  }
  if (queues) state = {state.every | queued.every, state.some | queued.some};
  return state;
}

// Flows that nobody calls start with nothing set. Flows that only call each other in a circle are
// not visited: where contacts enter it is not known.
void AttributeSolver::SolveAll() {
  std::vector<State> entries(group_.size());
  std::vector<std::size_t> open;
  for (const std::size_t flow : group_) {
    states_[local_.at(flow)].clear();
    if (IsCalled(flow)) continue;
    entries[local_.at(flow)] = State{0, 0};
    open.push_back(flow);
  }
  while (!open.empty()) {
    const std::size_t flow = open.back();
    open.pop_back();
    SolveFlow(flow, entries[local_.at(flow)]);
    for (const FlowCall& call : set_.flows[flow].calls) {
      const std::size_t target = set_.TargetOf(flow, call);
      if (target == kNoFlow) continue;
      const State state = AtCall(flow, call);
      State& entry = entries[local_.at(target)];
      const State joined{entry.every & state.every, entry.some | state.some};
      const bool visited = !states_[local_.at(target)].empty();
      if (visited && joined.every == entry.every && joined.some == entry.some) continue;
      entry = joined;
      open.push_back(target);
    }
  }
}

bool AttributeSolver::IsMissing(std::size_t flow, std::size_t node, std::string_view key) const {
  const Mask mask = MaskOf(key);
  const std::vector<State>& states = states_[local_.at(flow)];
  return mask != 0 && node < states.size() && (states[node].some & mask) != 0 &&
         (states[node].every & mask) == 0;
}

// One step of a way: a node, and how it was reached.
struct AttributeSolver::Step {
  std::size_t flow;
  std::size_t node;
  std::size_t before;    // position of the step before; its own for the first
  std::string decision;  // what was decided there; empty for success
};

// "in 'Main': '2' of 'menu'; in 'Sales': the straight way"
std::string AttributeSolver::InWords(const std::vector<Step>& steps, std::size_t last) const {
  std::vector<std::string> parts;
  std::vector<std::string> decisions;
  for (std::size_t at = last;; at = steps[at].before) {
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

std::string AttributeSolver::WayWithout(std::size_t flow, std::size_t node,
                                        std::string_view key) const {
  const Mask mask = MaskOf(key);
  std::vector<Step> steps;
  std::vector<std::vector<bool>> seen(group_.size());
  for (const std::size_t one : group_)
    seen[local_.at(one)].assign(set_.flows[one].nodes.size(), false);
  const auto visit = [&](std::size_t to, std::size_t at, std::size_t before, std::string decision) {
    if (at >= seen[local_.at(to)].size() || seen[local_.at(to)][at]) return;
    seen[local_.at(to)][at] = true;
    steps.push_back({to, at, before, std::move(decision)});
  };
  for (const std::size_t one : group_) {
    if (!IsCalled(one)) visit(one, 0, steps.size(), {});
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto [in, at] = std::pair(steps[i].flow, steps[i].node);
    if (in == flow && at == node) return InWords(steps, i);
    const FactNode& here = set_.flows[in].nodes[at];
    for (const FactEdge& edge : here.edges) {
      if ((Behind(in, at, edge, State{0, 0}).every & mask) != 0) continue;
      visit(in, edge.target, i,
            edge.branch.empty() ? std::string()
                                : fmt::format("{} of '{}'", edge.branch, here.action));
    }
    for (const FlowCall& call : set_.flows[in].calls) {
      const std::size_t target = set_.TargetOf(in, call);
      if (call.node == at && target != kNoFlow && (AtCall(in, call).every & mask) == 0)
        visit(target, 0, i, {});
    }
  }
  return "through a hook";
}

}  // namespace trunkline::flow::lint
