#include "app/coverage.h"

#include <fmt/format.h>

#include "flow/diff/side.h"
#include "flow/diff/words.h"

namespace trunkline::app {
namespace {

CoveredAction CoverAction(const flow::Document& document, const flow::Graph& graph, std::size_t at,
                          const sim::FlowResource& flow, const sim::Coverage& coverage) {
  const flow::Action& action = document.actions[at];
  CoveredAction covered{.place = flow::PlaceOf(document, action.offset),
                        .block = flow::BlockOf(action),
                        .times = coverage.TimesRun(flow, action.id)};
  for (const flow::GraphEdge& edge : graph.Edges(at)) {
    const std::string label = flow::BranchLabel(action, edge.kind, edge.branch);
    covered.branches.push_back(
        {.kind = edge.kind,
         .position = edge.branch,
         .times = coverage.TimesTaken(flow, action.id, {edge.kind, edge.branch}),
         .words = flow::BranchWords(action, label)});
  }
  return covered;
}

CoveredFlow CoverFlow(const center::Flow& flow, const sim::FlowResource& resource,
                      const sim::Coverage& coverage) {
  CoveredFlow covered{.name = *flow.name, .document = &flow.document};
  const flow::Graph graph(flow.document);
  for (std::size_t at = 0; at < flow.document.actions.size(); ++at)
    covered.actions.push_back(CoverAction(flow.document, graph, at, resource, coverage));
  return covered;
}

}  // namespace

void CoverageCount::Add(bool is_covered) {
  ++all;
  if (is_covered) ++covered;
}

CoverageCount& CoverageCount::operator+=(const CoverageCount& other) {
  covered += other.covered;
  all += other.all;
  return *this;
}

double CoverageCount::Percent() const {
  return all == 0 ? 100 : 100.0 * static_cast<double>(covered) / static_cast<double>(all);
}

CoverageSums& CoverageSums::operator+=(const CoverageSums& other) {
  actions += other.actions;
  branches += other.branches;
  errors += other.errors;
  arms += other.arms;
  return *this;
}

double CoverageSums::Percent() const {
  CoverageCount both = actions;
  both += branches;
  return both.Percent();
}

CoverageSums CoveredFlow::Sums() const {
  CoverageSums sums;
  for (const CoveredAction& action : actions) {
    sums.actions.Add(action.times > 0);
    for (const CoveredBranch& branch : action.branches) {
      sums.branches.Add(branch.times > 0);
      if (branch.kind == flow::EdgeKind::kError) sums.errors.Add(branch.times > 0);
      if (branch.kind == flow::EdgeKind::kCondition) sums.arms.Add(branch.times > 0);
    }
  }
  return sums;
}

std::string Miss::Words() const {
  return way ? fmt::format("never left {}", *way) : "never ran";
}

std::vector<Miss> MissesOf(const CoveredFlow& flow) {
  std::vector<Miss> misses;
  for (std::size_t at = 0; at < flow.actions.size(); ++at) {
    const CoveredAction& action = flow.actions[at];
    if (action.times == 0) {
      misses.push_back({.action = at, .way = {}});
      continue;
    }
    for (const CoveredBranch& branch : action.branches)
      if (branch.times == 0) misses.push_back({.action = at, .way = branch.words});
  }
  return misses;
}

CoverageSums SumOf(const std::vector<CoveredFlow>& flows) {
  CoverageSums sums;
  for (const CoveredFlow& flow : flows) sums += flow.Sums();
  return sums;
}

std::vector<CoveredFlow> CoverFlows(const std::shared_ptr<const center::Center>& center,
                                    const sim::World& world, const sim::Coverage& coverage) {
  std::vector<CoveredFlow> covered;
  const auto add = [&](const center::Flow& flow, const sim::FlowResource* resource) {
    if (resource == nullptr) return;
    covered.push_back(CoverFlow(flow, *resource, coverage));
    covered.back().center = center;
  };
  for (const center::Flow& flow : center->flows) add(flow, world.FindFlow(*flow.name));
  for (const center::Flow& module : center->modules) add(module, world.FindModule(*module.name));
  return covered;
}

}  // namespace trunkline::app
