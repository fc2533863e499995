#include "flow/diff/side.h"

#include <map>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::flow {
namespace {

struct Branch {
  std::string label;
  std::string_view target;
  EdgeKind kind = EdgeKind::kNext;
  std::size_t position = 0;
};

// A second branch of the same label, which only wrong flows have, is another one.
void Number(std::vector<Branch>& branches) {
  std::map<std::string, int> seen;
  for (Branch& branch : branches) {
    const int times = ++seen[branch.label];
    if (times > 1) branch.label += fmt::format(" ({})", times);
  }
}

std::vector<Branch> BranchesOf(const Action& action) {
  std::vector<Branch> branches;
  const auto add = [&](std::string_view target, EdgeKind kind, std::size_t position) {
    branches.push_back({BranchLabel(action, kind, position), target, kind, position});
  };
  if (action.next) add(*action.next, EdgeKind::kNext, 0);
  for (std::size_t i = 0; i < action.conditions.size(); ++i)
    add(action.conditions[i].next, EdgeKind::kCondition, i);
  for (std::size_t i = 0; i < action.errors.size(); ++i)
    add(action.errors[i].next, EdgeKind::kError, i);
  Number(branches);
  return branches;
}

}  // namespace

std::uint64_t Mix(std::uint64_t left, std::uint64_t right) {
  // The finaliser of splitmix64, over both.
  std::uint64_t value = left * 0x9E3779B97F4A7C15U + right + 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

std::uint64_t HashOf(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return hash;
}

std::uint64_t ContentOf(const Action& action) {
  return Mix(HashOf(action.type), HashOf(json::Write(action.parameters)));
}

std::string BranchLabel(const Action& action, EdgeKind kind, std::size_t branch) {
  if (kind == EdgeKind::kNext) return "next";
  if (kind == EdgeKind::kError) return fmt::format("error {}", action.errors[branch].type);
  const ConditionBranch& one = action.conditions[branch];
  return fmt::format("if {} {}", one.op, Join(one.operands, ", "));
}

Side::Side(const Document& version)
    : document(version), start(kNoAction), out(version.actions.size()), in(version.actions.size()) {
  const Graph graph(document);
  start = graph.start();
  for (std::size_t at = 0; at < document.actions.size(); ++at) {
    const Action& action = document.actions[at];
    contents.push_back(ContentOf(action));
    for (Branch& branch : BranchesOf(action)) {
      const std::size_t target = graph.Find(branch.target);
      if (target == kNoAction) continue;
      in[target].push_back({branch.label, at, branch.kind, branch.position});
      out[at].push_back({std::move(branch.label), target, branch.kind, branch.position});
    }
  }
}

std::vector<std::size_t> Side::InOrder() const {
  std::vector<std::size_t> order;
  std::vector<bool> seen(out.size(), false);
  const auto visit = [&](std::size_t at) {
    if (!seen[at]) order.push_back(at);
    seen[at] = true;
  };
  if (start != kNoAction) visit(start);
  for (std::size_t done = 0; done < order.size(); ++done) {
    const std::size_t at = order[done];
    for (const Edge& edge : out[at]) visit(edge.action);
  }
  for (std::size_t at = 0; at < seen.size(); ++at) visit(at);
  return order;
}

}  // namespace trunkline::flow
