// Who calls whom, in Graphviz's language.
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/xml.h"
#include "flow/calls.h"

namespace trunkline::flow {
namespace {

std::string_view ColourOf(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::kFlow:
      return "#2563eb";
    case ResourceKind::kModule:
      return "#7c3aed";
    case ResourceKind::kLambda:
      return "#c2410c";
    case ResourceKind::kQueue:
      return "#0f766e";
    default:
      return "#475569";
  }
}

std::set<std::pair<std::size_t, std::size_t>> EdgesOnCycles(const CallGraph& graph) {
  std::set<std::pair<std::size_t, std::size_t>> edges;
  for (const std::vector<std::size_t>& way : FindCycles(graph))
    for (std::size_t at = 1; at < way.size(); ++at) edges.emplace(way[at - 1], way[at]);
  return edges;
}

}  // namespace

std::string ToDot(const CallGraph& graph) {
  std::string text =
      "digraph calls {\n"
      "  graph [rankdir=LR, nodesep=0.15, ranksep=1.0, pad=0.3];\n"
      "  node [shape=box, style=\"filled,rounded\", fillcolor=white, penwidth=1.5, "
      "fontname=\"Helvetica,Arial,sans-serif\", fontsize=11];\n"
      "  edge [color=\"#64748b\", arrowsize=0.7, fontname=\"Helvetica,Arial,sans-serif\", "
      "fontsize=9];\n";
  for (std::size_t at = 0; at < graph.nodes.size(); ++at) {
    const CallNode& node = graph.nodes[at];
    text += fmt::format(
        "  n{} [color=\"{}\"{}, label=<<FONT POINT-SIZE=\"9\" COLOR=\"{}\">{}</FONT><BR/>{}>];\n",
        at, ColourOf(node.kind), node.file.empty() ? ", style=\"filled,rounded,dashed\"" : "",
        ColourOf(node.kind), ToText(node.kind), EscapeXml(node.name));
  }
  const std::set<std::pair<std::size_t, std::size_t>> circular = EdgesOnCycles(graph);
  for (const CallEdge& call : graph.calls) {
    text +=
        fmt::format("  n{} -> n{} [{}{}];\n", call.from, call.to,
                    call.places.size() > 1 ? fmt::format("label=\"{}x\"", call.places.size()) : "",
                    circular.contains({call.from, call.to}) ? " color=\"#b91c1c\" penwidth=2" : "");
  }
  return text + "}\n";
}

}  // namespace trunkline::flow
