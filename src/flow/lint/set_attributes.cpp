// Rules about user attributes over a set of flows.
//
// A flow may read what a flow before it has set, so each read is judged over all paths of the
// flows that hand a contact to each other: by transfers, modules and hooks. Attributes are never
// unset, so two sets of keys describe a place: those set on every path to it and those set on
// some. A key that is in the second but not in the first when it is read is missing on a path.
// Where no path sets it, whoever starts the contact may have; that is AttributeNeverSet's matter.
//
// The keys are worked through 64 at a time, one bit each, so that a place needs two words. A
// module's effect is the keys that all its returns have, found first; modules that invoke each
// other in a circle are gone through until nothing changes, from "none comes back" on. Then flows
// are visited until nothing changes: keys "on every path" only ever get fewer, "on some" more, so
// this ends, after two or three visits a flow in practice. Flows that never meet share no work.
//
// Where contacts come in: at flows that no other one calls. Of flows that only call each other in a
// circle (a menu and its submenus, a flow that starts itself again) one at least has a number, and
// nothing here says which; so each is tried as the way in, and a path counts as missing a key only
// when there is such a path from each of them.
#include <algorithm>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/attribute_solver.h"
#include "flow/lint/set_rules.h"
#include "flow/lint/words.h"

namespace trunkline::flow::lint {
namespace {

// The flows that calls connect, as lists of their positions.
std::vector<std::vector<std::size_t>> Groups(const SetContext& set) {
  std::vector<std::size_t> leader(set.flows.size());
  for (std::size_t i = 0; i < leader.size(); ++i) leader[i] = i;
  const auto find = [&](std::size_t flow) {
    while (leader[flow] != flow) flow = leader[flow] = leader[leader[flow]];
    return flow;
  };
  for (std::size_t flow = 0; flow < set.flows.size(); ++flow) {
    for (const FlowCall& call : set.flows[flow].calls) {
      const std::size_t target = set.TargetOf(flow, call);
      if (target != kNoFlow) leader[find(flow)] = find(target);
    }
  }
  std::unordered_map<std::size_t, std::size_t> position;
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t flow = 0; flow < set.flows.size(); ++flow) {
    const auto [at, is_new] = position.try_emplace(find(flow), groups.size());
    if (is_new) groups.emplace_back();
    groups[at->second].push_back(flow);
  }
  return groups;
}

void ReportMissing(SetContext& set, const AttributeSolver& solver, std::size_t flow) {
  std::set<std::string_view> told;
  const FlowFacts& facts = set.flows[flow];
  for (std::size_t node = 0; node < facts.nodes.size(); ++node) {
    for (const AttributeRead& read : facts.nodes[node].reads) {
      if (!solver.IsMissing(flow, node, read.key) || !told.insert(read.key).second) continue;
      set.Report(
          flow,
          fmt::format("action '{}' reads '$.Attributes.{}', which a path does not set: {}",
                      facts.nodes[node].action, read.key, solver.WayWithout(flow, node, read.key)),
          read.offset, "set it there, too, or compare it first");
    }
  }
}

std::set<std::string_view> AllSetKeys(const SetContext& set) {
  std::set<std::string_view> keys;
  for (const FlowFacts& flow : set.flows) {
    for (const AttributeRead& one : flow.set_keys) keys.insert(one.key);
  }
  return keys;
}

}  // namespace

void AttributeMissing(SetContext& set) {
  for (const std::vector<std::size_t>& group : Groups(set)) {
    AttributeSolver solver(set, group);
    while (solver.NextBatch()) {
      for (const std::size_t flow : group) ReportMissing(set, solver, flow);
    }
  }
}

// Whoever starts the contact, a function or an agent may set it, so this is a note; a name that is
// nearly one of those that are set is a slip.
void AttributeNeverSet(SetContext& set) {
  const std::set<std::string_view> set_keys = AllSetKeys(set);
  const SlipFinder names(std::vector<std::string>(set_keys.begin(), set_keys.end()));
  std::set<std::string_view> told;
  for (std::size_t flow = 0; flow < set.flows.size(); ++flow) {
    for (const FactNode& node : set.flows[flow].nodes) {
      for (const AttributeRead& read : node.reads) {
        if (set_keys.contains(read.key) || !told.insert(read.key).second) continue;
        const std::optional<std::string> nearest = names.Find(read.key);
        const std::string message = fmt::format(
            "action '{}' reads '$.Attributes.{}', which no flow sets", node.action, read.key);
        if (nearest) {
          set.Report(flow, message, read.offset, fmt::format("did you mean '{}'?", *nearest));
        } else {
          set.ReportNote(flow, message, read.offset,
                         "it is empty unless a function or whoever starts the contact sets it");
        }
      }
    }
  }
}

void AttributeNeverRead(SetContext& set) {
  std::set<std::string_view> read;
  for (const FlowFacts& flow : set.flows) read.insert(flow.read_keys.begin(), flow.read_keys.end());
  std::set<std::string_view> told;
  for (std::size_t flow = 0; flow < set.flows.size(); ++flow) {
    for (const AttributeRead& one : set.flows[flow].set_keys) {
      if (read.contains(one.key) || !told.insert(one.key).second) continue;
      set.Report(flow, fmt::format("attribute '{}' is set, but no flow reads it", one.key),
                 one.offset, "agents, reports and functions may; else leave it out");
    }
  }
}

}  // namespace trunkline::flow::lint
