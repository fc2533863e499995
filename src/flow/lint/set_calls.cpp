// Rules about who calls whom.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/graph.h"
#include "flow/lint/set_rules.h"
#include "flow/lint/words.h"

namespace trunkline::flow::lint {
namespace {

std::string_view Word(CallKind kind) {
  return kind == CallKind::kModule ? "module" : "flow";
}

// The types of flow that may stand where the call stands; 0 when any may.
FlowTypes TypesFor(const FlowCall& call) {
  constexpr std::pair<std::string_view, FlowTypes> kHooks[] = {
      {"CustomerQueue", kCustomerQueue}, {"CustomerHold", kCustomerHold},
      {"AgentHold", kAgentHold},         {"CustomerWhisper", kCustomerWhisper},
      {"AgentWhisper", kAgentWhisper},   {"CustomerRemaining", kContactFlow},
      {"DefaultAgentUI", kContactFlow},  {"DisconnectAgentUI", kContactFlow},
      {"PauseContact", kContactFlow},    {"ResumeContact", kContactFlow}};
  if (call.kind == CallKind::kTransfer) return kContactFlow | kTransfers;
  for (const auto& [hook, types] : kHooks) {
    if (call.kind == CallKind::kHook && hook == call.hook) return types;
  }
  return 0;
}

// The nodes that the start reaches through nothing that `stops`.
template <class Stops>
std::vector<bool> ReachedWithout(const FlowFacts& flow, Stops stops) {
  std::vector<bool> reached(flow.nodes.size(), false);
  std::vector<std::size_t> open;
  const auto visit = [&](std::size_t node) {
    if (reached[node]) return;
    reached[node] = true;
    open.push_back(node);
  };
  if (!flow.nodes.empty()) visit(0);
  while (!open.empty()) {
    const FactNode& node = flow.nodes[open.back()];
    open.pop_back();
    if (stops(node)) continue;
    for (const FactEdge& edge : node.edges) visit(edge.target);
  }
  return reached;
}

// Whether the flow may hang up with nothing said, and no error needed for it.
bool OnlyHangsUp(const FlowFacts& flow) {
  std::vector<bool> reached(flow.nodes.size(), false);
  std::size_t at = 0;
  while (at < flow.nodes.size() && !reached[at]) {
    const FactNode& node = flow.nodes[at];
    if (node.hangs_up) return true;
    if (!node.is_mute || node.edges.empty() || !node.edges[0].branch.empty()) return false;
    reached[at] = true;
    at = node.edges[0].target;
  }
  return false;
}

}  // namespace

void WrongFlowType(SetContext& set) {
  ForEachCall(set, [&](std::size_t flow, const FlowCall& call, std::size_t target) {
    if (target == kNoFlow) return;
    const FlowTypes type = FlowTypeBit(set.flows[target].type);
    const FlowTypes wanted = TypesFor(call);
    if (type == 0 || wanted == 0 || (type & wanted) != 0) return;
    const std::string use =
        call.kind == CallKind::kHook
            ? fmt::format("uses flow '{}' as {}", set.flows[target].name, call.hook)
            : fmt::format("goes to flow '{}'", set.flows[target].name);
    set.Report(flow,
               fmt::format("action '{}' {}, but its type is {}", ActionOf(set.flows[flow], call),
                           use, set.flows[target].type),
               call.offset, "it must be " + FlowTypeNames(wanted));
  });
}

namespace {

// The transfers that a contact gets to with nothing asked and nothing compared before.
struct QuietTransfers {
  std::vector<std::vector<std::size_t>> next;       // by flow: the flow they go to
  std::vector<std::vector<const FlowCall*>> calls;  // beside them
};

QuietTransfers FindQuietTransfers(const SetContext& set) {
  QuietTransfers found{.next = std::vector<std::vector<std::size_t>>(set.flows.size()),
                       .calls = std::vector<std::vector<const FlowCall*>>(set.flows.size())};
  for (std::size_t flow = 0; flow < set.flows.size(); ++flow) {
    const std::vector<bool> quiet =
        ReachedWithout(set.flows[flow], [](const FactNode& node) { return node.decides; });
    for (const FlowCall& call : set.flows[flow].calls) {
      const std::size_t target = set.TargetOf(flow, call);
      if (call.kind != CallKind::kTransfer || target == kNoFlow || !quiet[call.node]) continue;
      found.next[flow].push_back(target);
      found.calls[flow].push_back(&call);
    }
  }
  return found;
}

}  // namespace

// Flows that hand a contact round with nothing on the way that could end it.
void FlowsInACircle(SetContext& set) {
  const auto [next, calls] = FindQuietTransfers(set);
  const std::vector<std::size_t> components = ComponentsOf(next);
  for (std::size_t flow = 0; flow < set.flows.size(); ++flow) {
    for (std::size_t i = 0; i < next[flow].size(); ++i) {
      if (components[next[flow][i]] != components[flow]) continue;
      set.Report(
          flow,
          fmt::format("action '{}' goes to flow '{}', which leads back here: nobody is "
                      "asked and nothing is compared on the way",
                      ActionOf(set.flows[flow], *calls[flow][i]), set.flows[next[flow][i]].name),
          calls[flow][i]->offset, "let one of the flows end the circle");
    }
  }
}

// Inbound and transfer flows may be used by numbers and quick connects, outbound whispers by
// queues; the rest is used by flows only. Where one call is not known, nothing can be said.
void DormantFlow(SetContext& set) {
  constexpr FlowTypes kUsedByFlows =
      kCustomerQueue | kHolds | kCustomerWhisper | kAgentWhisper | kModuleType;
  if (!set.KnowsAllCalls() || set.flows.size() < 2) return;
  std::set<std::pair<bool, std::string_view>> used;  // two copies of a flow have one name
  ForEachCall(set, [&](std::size_t, const FlowCall&, std::size_t target) {
    used.emplace(set.flows[target].is_module, set.flows[target].name);
  });
  for (std::size_t flow = 0; flow < set.flows.size(); ++flow) {
    const FlowFacts& facts = set.flows[flow];
    const FlowTypes type = facts.is_module ? kModuleType : FlowTypeBit(facts.type);
    const bool of_aws = facts.name.starts_with("Default ") || facts.name.starts_with("Sample ");
    if (used.contains({facts.is_module, facts.name}) || of_aws || (type & kUsedByFlows) == 0)
      continue;
    set.Report(flow,
               fmt::format("no flow of the set uses {} '{}'", facts.is_module ? "module" : "flow",
                           facts.name),
               0, "remove it, or use it");
  }
}

void DeadEndFlow(SetContext& set) {
  ForEachCall(set, [&](std::size_t flow, const FlowCall& call, std::size_t target) {
    if (call.kind != CallKind::kTransfer || target == kNoFlow || !OnlyHangsUp(set.flows[target]))
      return;
    set.Report(flow,
               fmt::format("action '{}' goes to flow '{}', which hangs up without a word",
                           ActionOf(set.flows[flow], call), set.flows[target].name),
               call.offset, "say something before, here or there");
  });
}

// A set may be a part of what exists; only what looks like a slip is reported.
void UnknownFlow(SetContext& set) {
  const SlipFinder flows(set.Names(false));
  const SlipFinder modules(set.Names(true));
  ForEachCall(set, [&](std::size_t flow, const FlowCall& call, std::size_t target) {
    if (target != kNoFlow || call.name.empty()) return;
    const std::optional<std::string> nearest =
        (call.kind == CallKind::kModule ? modules : flows).Find(call.name);
    if (!nearest) return;
    set.Report(flow,
               fmt::format("action '{}' names the {} '{}', which is not in the set",
                           ActionOf(set.flows[flow], call), Word(call.kind), call.name),
               call.offset, fmt::format("did you mean '{}'?", *nearest));
  });
}

}  // namespace trunkline::flow::lint
