// Coverage as a page: a table, then each flow's picture with what was walked and what was missed.
#include <fmt/format.h>

#include "app/coverage_text.h"
#include "app/graphviz.h"
#include "base/xml.h"
#include "flow/draw.h"

namespace trunkline::app {
namespace {

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Coverage of the flows</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; color: #0f172a; }
table { border-collapse: collapse; }
th, td { padding: .25rem .9rem; text-align: right; border-bottom: 1px solid #e2e8f0; font-variant-numeric: tabular-nums; }
th:first-child, td:first-child { text-align: left; }
.whole { color: #15803d; } .part { color: #b91c1c; }
figure { margin: 1rem 0; overflow: auto; border: 1px solid #e2e8f0; border-radius: 6px; padding: .5rem; }
code { background: #f1f5f9; border-radius: 3px; padding: 0 .25rem; }
</style></head><body>
)";

std::string Cell(const CoverageCount& count) {
  if (count.all == 0) return "<td>&ndash;</td>";
  return fmt::format("<td class=\"{}\">{}/{}</td>", count.covered == count.all ? "whole" : "part",
                     count.covered, count.all);
}

std::string Row(std::string_view name, const CoverageSums& sums) {
  return fmt::format("<tr><td>{}</td>{}{}{}{}<td>{:.1f} %</td></tr>\n", name, Cell(sums.actions),
                     Cell(sums.branches), Cell(sums.errors), Cell(sums.arms), sums.Percent());
}

std::string Table(const std::vector<CoveredFlow>& flows) {
  std::string table =
      "<table><tr><th>flow</th><th>actions</th><th>branches</th><th>of errors</th>"
      "<th>of conditions</th><th></th></tr>\n";
  for (std::size_t i = 0; i < flows.size(); ++i) {
    const std::string name = EscapeXml(flows[i].name);
    table += Row(fmt::format("<a href=\"#flow{}\">{}</a>", i, name), flows[i].Sums());
  }
  return table + Row("all", SumOf(flows)) + "</table>\n";
}

std::string Missed(const CoveredFlow& flow) {
  std::string items;
  for (const Miss& miss : MissesOf(flow)) {
    const CoveredAction& action = flow.actions[miss.action];
    items += fmt::format("<li><code>{}</code> ({}, line {}): {}</li>\n",
                         EscapeXml(flow.document->actions[miss.action].id), EscapeXml(action.block),
                         action.place.line, EscapeXml(miss.Words()));
  }
  return items.empty() ? std::string() : "<ul>" + items + "</ul>\n";
}

flow::Walked WalkedOf(const CoveredFlow& flow) {
  flow::Walked walked;
  for (const CoveredAction& action : flow.actions) walked.actions.push_back(action.times > 0);
  walked.is_taken = [&flow](std::size_t at, flow::EdgeKind kind, std::size_t position) {
    for (const CoveredBranch& branch : flow.actions[at].branches)
      if (branch.kind == kind && branch.position == position) return branch.times > 0;
    return false;
  };
  return walked;
}

Result<std::string> Picture(const CoveredFlow& flow, const Environment& environment) {
  const flow::Drawing drawing = flow::DrawWalked(*flow.document, WalkedOf(flow));
  const flow::DrawLayout layout = flow::BestLayout(drawing);
  const bool is_placed = layout == flow::DrawLayout::kConsole;
  TL_TRY(const std::string svg, RunGraphviz(environment, is_placed ? "neato" : "dot", "svg",
                                            flow::ToDot(drawing, layout)));
  // What stands before the root is of a document of its own.
  const std::size_t root = svg.find("<svg");
  return root == std::string::npos ? svg : svg.substr(root);
}

}  // namespace

Result<std::string> ToHtml(const std::vector<CoveredFlow>& flows, const Environment& environment) {
  std::string page = fmt::format("{}<h1>Coverage of the flows</h1>\n{}", kHead, Table(flows));
  page +=
      "<p>Green: run by a test, and the ways it was left by. Red: missed. Dashed arrows are those "
      "of "
      "errors.</p>\n";
  for (std::size_t i = 0; i < flows.size(); ++i) {
    TL_TRY(const std::string picture, Picture(flows[i], environment));
    page += fmt::format("<h2 id=\"flow{}\">{}</h2>\n<p>{}</p>\n{}<figure>{}</figure>\n", i,
                        EscapeXml(flows[i].name), EscapeXml(flows[i].document->file),
                        Missed(flows[i]), picture);
  }
  return page + "</body></html>\n";
}

}  // namespace trunkline::app
