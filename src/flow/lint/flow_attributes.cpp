// Rules about flow attributes, which live only while the flow runs.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "flow/lint/paths.h"
#include "flow/lint/rules.h"

namespace trunkline::flow::lint {
namespace {

constexpr std::string_view kRoot = "FlowAttributes";

struct FlowRead {
  const LintText* text;
  const Piece* piece;
};

// By key; without comparisons, which see a missing value.
std::map<std::string_view, std::vector<FlowRead>> FlowReads(const LintContext& context) {
  std::map<std::string_view, std::vector<FlowRead>> reads;
  for (const LintText& text : context.texts) {
    if (text.action->Is("Compare")) continue;
    for (const Piece& piece : text.pieces) {
      if (piece.path && piece.path->Root() == kRoot && !piece.path->Key().empty())
        reads[piece.path->Key()].push_back({&text, &piece});
    }
  }
  return reads;
}

// Whether the attribute surely has a value behind the edge: it was set, or a comparison with it
// came out true.
bool HasValueBehind(const Action& action, const GraphEdge& edge, std::string_view key) {
  if (edge.kind == EdgeKind::kNext)
    return action.Is("UpdateFlowAttributes") && action.parameters.GetObject(kRoot).Has(key);
  if (edge.kind != EdgeKind::kCondition || !action.Is("Compare")) return false;
  const std::optional<Path> path = WholePath(action.parameters.GetString("ComparisonValue"));
  return path && path->Root() == kRoot && path->Key() == key;
}

}  // namespace

void FlowAttributeNotSet(LintContext& context) {
  for (const auto& [key, reads] : FlowReads(context)) {
    const Paths paths(context, 2, 0,
                      [&](Paths::State state, const Action& action, const GraphEdge& edge) {
                        return HasValueBehind(action, edge, key) ? Paths::State{1} : state;
                      });
    const auto missing = std::ranges::find_if(reads, [&](const FlowRead& read) {
      return paths.Reaches(context.IndexOf(*read.text->action), 0);
    });
    if (missing == reads.end()) continue;
    const Action& action = *missing->text->action;
    context.Report(
        fmt::format("action '{}' reads '{}', which this flow does not set on a path: {}", action.id,
                    missing->piece->text, paths.Way(context.IndexOf(action), 0)),
        missing->text->offset, "flow attributes start empty in every flow");
  }
}

}  // namespace trunkline::flow::lint
