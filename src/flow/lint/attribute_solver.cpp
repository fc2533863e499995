#include "flow/lint/attribute_solver.h"

#include <algorithm>
#include <set>
#include <utility>

#include "flow/graph.h"

namespace trunkline::flow::lint {
namespace {

// A hook's flow runs once the contact is in the queue or with an agent, so it finds what is set on
// every way there; the other hooks may run at any time.
bool RunsAfterQueue(std::string_view hook) {
  return hook == "CustomerQueue" || hook.ends_with("Whisper") || hook.ends_with("Hold");
}

// Types that run only because another flow names them.
constexpr FlowTypes kOnlyHooked = kCustomerQueue | kHolds | kCustomerWhisper | kAgentWhisper;

// Circles of more flows have more ways in than are worth the time.
constexpr std::size_t kMostEntries = 16;

}  // namespace

AttributeSolver::AttributeSolver(const SetContext& set, const std::vector<std::size_t>& group)
    : set_(set), group_(group), calls_(group.size()), module_of_(group.size()) {
  for (std::size_t i = 0; i < group.size(); ++i) local_.emplace(group[i], i);
  FindKeys();
  FindCalls();
  OrderModules();
  FindEntries();
}

void AttributeSolver::FindKeys() {
  std::set<std::string_view> read;
  std::set<std::string_view> written;
  for (const std::size_t flow : group_) {
    for (const FactNode& node : set_.flows[flow].nodes) {
      for (const AttributeRead& one : node.reads) read.insert(one.key);
    }
    for (const AttributeRead& one : set_.flows[flow].set_keys) written.insert(one.key);
  }
  std::ranges::set_intersection(read, written, std::back_inserter(keys_));
}

void AttributeSolver::FindCalls() {
  for (std::size_t from = 0; from < group_.size(); ++from) {
    const FlowFacts& flow = set_.flows[group_[from]];
    module_of_[from].assign(flow.nodes.size(), kNoFlow);
    for (const FlowCall& call : flow.calls) {
      const std::size_t target = set_.TargetOf(group_[from], call);
      if (target == kNoFlow) continue;
      calls_[from].push_back(local_.at(target));
      if (call.kind == CallKind::kModule) module_of_[from][call.node] = target;
    }
  }
}

// Components are numbered from the end of the calls, so a module comes behind those it invokes.
void AttributeSolver::OrderModules() {
  std::vector<std::vector<std::size_t>> invoked(group_.size());
  for (std::size_t at = 0; at < group_.size(); ++at) {
    if (!set_.flows[group_[at]].is_module) continue;
    modules_.push_back(group_[at]);
    for (const std::size_t inner : module_of_[at]) {
      if (inner != kNoFlow) invoked[at].push_back(local_.at(inner));
    }
  }
  const std::vector<std::size_t> components = ComponentsOf(invoked);
  std::ranges::stable_sort(modules_, {},
                           [&](std::size_t module) { return components[local_.at(module)]; });
  for (std::size_t at = 0; at < group_.size(); ++at) {
    for (const std::size_t inner : invoked[at])
      modules_in_a_circle_ = modules_in_a_circle_ || components[inner] == components[at];
  }
}

// Contacts come in at flows that nobody calls. A circle of flows that only its own flows call has a
// way in, too, but which of them it is cannot be seen: each is tried.
void AttributeSolver::FindEntries() {
  const std::vector<std::size_t> components = ComponentsOf(calls_);
  std::vector<bool> called(group_.size(), false);
  std::vector<bool> called_from_outside(group_.size(), false);  // by component
  for (std::size_t from = 0; from < group_.size(); ++from) {
    for (const std::size_t to : calls_[from]) {
      called[to] = true;
      if (components[from] != components[to]) called_from_outside[components[to]] = true;
    }
  }
  std::vector<std::vector<std::size_t>> circles(group_.size());  // by component
  for (std::size_t at = 0; at < group_.size(); ++at) {
    if (!called[at]) {
      from_roots_.entries.push_back(group_[at]);
    } else if (!called_from_outside[components[at]]) {
      circles[components[at]].push_back(group_[at]);
    }
  }
  for (const std::vector<std::size_t>& circle : circles) {
    if (circle.empty()) continue;
    std::vector<Run>& runs = circles_.emplace_back();
    for (const std::size_t entry : EntriesOf(circle))
      runs.push_back({.entries = {entry}, .states = {}});
  }
}

std::vector<std::size_t> AttributeSolver::EntriesOf(const std::vector<std::size_t>& circle) const {
  std::vector<std::size_t> entries;
  for (const std::size_t flow : circle) {
    const FlowFacts& facts = set_.flows[flow];
    if (!facts.is_module && (FlowTypeBit(facts.type) & kOnlyHooked) == 0) entries.push_back(flow);
  }
  if (entries.empty()) entries = circle;
  if (entries.size() > kMostEntries) entries.clear();
  return entries;
}

bool AttributeSolver::NextBatch() {
  if (next_key_ >= keys_.size()) return false;
  bits_.clear();
  for (std::size_t bit = 0; bit < kBits && next_key_ < keys_.size(); ++bit)
    bits_.emplace(keys_[next_key_++], Mask{1} << bit);
  SolveModules();
  Solve(from_roots_);
  for (std::vector<Run>& circle : circles_) {
    for (Run& run : circle) Solve(run);
  }
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

std::optional<AttributeSolver::State> AttributeSolver::Behind(std::size_t flow, std::size_t node,
                                                              const FactEdge& edge,
                                                              State before) const {
  const Mask mask = SetBy(edge);
  State after{before.every | mask, before.some | mask};
  const std::size_t module = module_of_[local_.at(flow)][node];
  if (module == kNoFlow) return after;
  const Effect& effect = effects_[local_.at(module)];
  const bool failed = edge.branch.starts_with("error");
  if (!failed && !effect.returns) return std::nullopt;
  after.some |= effect.state.some;
  if (!failed) after.every |= effect.state.every;
  return after;
}

// At first no module is known to come back. Each round finds more that do, fewer keys that all
// their returns have and more that some have, so this ends; without circles after one round.
void AttributeSolver::SolveModules() {
  effects_.assign(group_.size(), Effect{});
  bool changed = true;
  while (changed) {
    changed = false;
    for (const std::size_t module : modules_) {
      const Effect effect = EffectOf(module);
      if (effect == effects_[local_.at(module)]) continue;
      effects_[local_.at(module)] = effect;
      changed = modules_in_a_circle_;
    }
  }
}

AttributeSolver::Effect AttributeSolver::EffectOf(std::size_t module) const {
  const std::vector<FactNode>& nodes = set_.flows[module].nodes;
  const std::vector<State> states = SolveFlow(module, State{0, 0});
  Effect effect;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!nodes[i].is_return || states[i] == State{}) continue;
    effect.state.every &= states[i].every;
    effect.state.some |= states[i].some;
    effect.returns = true;
  }
  return effect;
}

std::vector<AttributeSolver::State> AttributeSolver::SolveFlow(std::size_t flow,
                                                               State entry) const {
  const std::vector<FactNode>& nodes = set_.flows[flow].nodes;
  std::vector<State> states(nodes.size());
  if (nodes.empty()) return states;
  std::vector<std::size_t> open{0};
  std::vector<bool> visited(nodes.size(), false);
  states[0] = entry;
  visited[0] = true;
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const FactEdge& edge : nodes[at].edges) {
      const std::optional<State> after = Behind(flow, at, edge, states[at]);
      if (!after) continue;
      State& target = states[edge.target];
      const State joined{target.every & after->every, target.some | after->some};
      if (visited[edge.target] && joined == target) continue;
      visited[edge.target] = true;
      target = joined;
      open.push_back(edge.target);
    }
  }
  return states;
}

AttributeSolver::State AttributeSolver::AtCall(const Run& run, std::size_t flow,
                                               const FlowCall& call) const {
  const std::vector<State>& states = run.states[local_.at(flow)];
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

void AttributeSolver::Solve(Run& run) const {
  std::vector<State> entries(group_.size());
  std::vector<std::size_t> open = run.entries;
  run.states.assign(group_.size(), {});
  for (const std::size_t flow : run.entries) entries[local_.at(flow)] = State{0, 0};
  while (!open.empty()) {
    const std::size_t flow = open.back();
    open.pop_back();
    run.states[local_.at(flow)] = SolveFlow(flow, entries[local_.at(flow)]);
    for (const FlowCall& call : set_.flows[flow].calls) {
      const std::size_t target = set_.TargetOf(flow, call);
      if (target == kNoFlow) continue;
      const State state = AtCall(run, flow, call);
      if (state == State{}) continue;  // no path leads to the call
      State& entry = entries[local_.at(target)];
      const State joined{entry.every & state.every, entry.some | state.some};
      const bool visited = !run.states[local_.at(target)].empty();
      if (visited && joined == entry) continue;
      entry = joined;
      open.push_back(target);
    }
  }
}

bool AttributeSolver::Misses(const Run& run, std::size_t local_flow, std::size_t node, Mask mask) {
  const std::vector<State>& states = run.states[local_flow];
  return node < states.size() && (states[node].every & mask) == 0;
}

// In a circle a path is sure only when there is one from each flow that may be the way in.
const AttributeSolver::Run* AttributeSolver::MissingRun(std::size_t local_flow, std::size_t node,
                                                        Mask mask) const {
  if (Misses(from_roots_, local_flow, node, mask)) return &from_roots_;
  for (const std::vector<Run>& circle : circles_) {
    const bool misses = std::ranges::all_of(
        circle, [&](const Run& run) { return Misses(run, local_flow, node, mask); });
    if (misses && !circle.empty()) return &circle[0];
  }
  return nullptr;
}

bool AttributeSolver::SomePathSets(std::size_t local_flow, std::size_t node, Mask mask) const {
  const auto sets = [&](const Run& run) {
    const std::vector<State>& states = run.states[local_flow];
    return node < states.size() && (states[node].some & mask) != 0;
  };
  return sets(from_roots_) || std::ranges::any_of(circles_, [&](const std::vector<Run>& circle) {
           return std::ranges::any_of(circle, sets);
         });
}

bool AttributeSolver::IsMissing(std::size_t flow, std::size_t node, std::string_view key) const {
  const Mask mask = MaskOf(key);
  return mask != 0 && SomePathSets(local_.at(flow), node, mask) &&
         MissingRun(local_.at(flow), node, mask) != nullptr;
}

}  // namespace trunkline::flow::lint
