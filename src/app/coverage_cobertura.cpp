// Cobertura's XML (its DTD coverage-04): a flow is a class, an action the line it begins on.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app/coverage_text.h"
#include "base/xml.h"

namespace trunkline::app {
namespace {

// The actions that begin on one line: more than one in a minified file.
struct Line {
  std::size_t hits = 0;  // of the one that ran least
  CoverageCount branches;
};

std::map<std::uint32_t, Line> LinesOf(const CoveredFlow& flow) {
  std::map<std::uint32_t, Line> lines;
  for (const CoveredAction& action : flow.actions) {
    const auto [found, is_new] = lines.try_emplace(action.place.line);
    Line& line = found->second;
    line.hits = is_new ? action.times : std::min(line.hits, action.times);
    for (const CoveredBranch& branch : action.branches) line.branches.Add(branch.times > 0);
  }
  return lines;
}

double Rate(const CoverageCount& count) {
  return count.Percent() / 100;
}

struct Rates {
  CoverageCount lines, branches;

  explicit Rates(const std::map<std::uint32_t, Line>& all) {
    for (const auto& [number, line] : all) {
      lines.Add(line.hits > 0);
      branches += line.branches;
    }
  }
  std::string Attributes() const {
    return fmt::format("line-rate=\"{:.4f}\" branch-rate=\"{:.4f}\"", Rate(lines), Rate(branches));
  }
};

std::string ToXml(const std::map<std::uint32_t, Line>& lines) {
  std::string xml = "<methods/><lines>\n";
  for (const auto& [number, line] : lines) {
    xml += fmt::format("<line number=\"{}\" hits=\"{}\"", number, line.hits);
    if (line.branches.all > 1) {
      xml += fmt::format(" branch=\"true\" condition-coverage=\"{:.0f}% ({}/{})\"",
                         line.branches.Percent(), line.branches.covered, line.branches.all);
    } else {
      xml += " branch=\"false\"";
    }
    xml += "/>\n";
  }
  return xml + "</lines>\n";
}

}  // namespace

std::string ToCobertura(const std::vector<CoveredFlow>& flows, TimePoint at) {
  std::string classes;
  CoverageCount lines;
  CoverageCount branches;
  for (const CoveredFlow& flow : flows) {
    const auto of_flow = LinesOf(flow);
    const Rates rates(of_flow);
    lines += rates.lines;
    branches += rates.branches;
    classes += fmt::format("<class name=\"{}\" filename=\"{}\" {} complexity=\"0\">{}</class>\n",
                           EscapeXml(flow.name), EscapeXml(flow.document->file), rates.Attributes(),
                           ToXml(of_flow));
  }
  const std::string rates =
      fmt::format("line-rate=\"{:.4f}\" branch-rate=\"{:.4f}\"", Rate(lines), Rate(branches));
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<coverage {} lines-covered=\"{}\" lines-valid=\"{}\" branches-covered=\"{}\" "
      "branches-valid=\"{}\" complexity=\"0\" version=\"1\" timestamp=\"{}\">\n"
      "<sources><source>.</source></sources>\n"
      "<packages><package name=\"flows\" {} complexity=\"0\"><classes>\n"
      "{}</classes></package></packages>\n</coverage>\n",
      rates, lines.covered, lines.all, branches.covered, branches.all,
      at.time_since_epoch().count(), rates, classes);
}

}  // namespace trunkline::app
