#include "app/coverage_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/code_point.h"

namespace trunkline::app {
namespace {

std::string Cell(const CoverageCount& count) {
  if (count.all == 0) return fmt::format("{:>14}", "-");
  return fmt::format("{:>14}", fmt::format("{}/{} {:>3}%", count.covered, count.all,
                                           static_cast<int>(count.Percent())));
}

std::string Row(std::string_view name, std::size_t width, const CoverageSums& sums) {
  const std::string blanks(width - std::min(width, CountCodePoints(name)), ' ');
  return fmt::format("{}{}{}{}{}{}\n", name, blanks, Cell(sums.actions), Cell(sums.branches),
                     Cell(sums.errors), Cell(sums.arms));
}

std::string Missed(const CoveredFlow& flow) {
  std::string text;
  for (std::size_t at = 0; at < flow.actions.size(); ++at) {
    const CoveredAction& action = flow.actions[at];
    const std::string& id = flow.document->actions[at].id;
    const auto say = [&](std::string_view what) {
      text += fmt::format("{}:{}: '{}' ({}): {}\n", action.place.file, action.place.line, id,
                          action.block, what);
    };
    if (action.times == 0) {
      say("never ran");
      continue;
    }
    for (const CoveredBranch& branch : action.branches)
      if (branch.times == 0) say(fmt::format("never left {}", branch.words));
  }
  return text;
}

json::Object ToJson(const CoverageCount& count) {
  return {{"covered", count.covered}, {"all", count.all}};
}

void SetSums(json::Object& object, const CoverageSums& sums) {
  object.Set("percent", sums.Percent());
  object.Set("actions", ToJson(sums.actions));
  object.Set("branches", ToJson(sums.branches));
  object.Set("errors", ToJson(sums.errors));
  object.Set("arms", ToJson(sums.arms));
}

json::Array MissedToJson(const CoveredFlow& flow) {
  json::Array missed;
  for (std::size_t at = 0; at < flow.actions.size(); ++at) {
    const CoveredAction& action = flow.actions[at];
    const json::Object place{{"line", action.place.line},
                             {"action", flow.document->actions[at].id},
                             {"block", action.block}};
    if (action.times == 0) missed.emplace_back(place);
    for (const CoveredBranch& branch : action.branches) {
      if (branch.times > 0 || action.times == 0) continue;
      json::Object one = place;
      one.Set("branch", branch.words);
      missed.emplace_back(std::move(one));
    }
  }
  return missed;
}

}  // namespace

std::string ToText(const std::vector<CoveredFlow>& flows) {
  std::size_t width = std::string_view("coverage").size();
  for (const CoveredFlow& flow : flows) width = std::max(width, CountCodePoints(flow.name));
  std::string text = fmt::format("\n{:<{}}{:>14}{:>14}{:>14}{:>14}\n", "coverage", width, "actions",
                                 "branches", "of errors", "of conditions");
  std::string missed;
  for (const CoveredFlow& flow : flows) {
    text += Row(flow.name, width, flow.Sums());
    missed += Missed(flow);
  }
  const CoverageSums sums = SumOf(flows);
  text += Row("all", width, sums);
  if (!missed.empty()) text += "\n" + missed;
  return text + fmt::format("\n{:.1f} % of actions and branches\n", sums.Percent());
}

json::Object ToJson(const std::vector<CoveredFlow>& flows) {
  json::Object report;
  SetSums(report, SumOf(flows));
  json::Array all;
  for (const CoveredFlow& flow : flows) {
    json::Object one{{"name", flow.name}, {"file", flow.document->file}};
    SetSums(one, flow.Sums());
    one.Set("missed", MissedToJson(flow));
    all.emplace_back(std::move(one));
  }
  report.Set("flows", std::move(all));
  return report;
}

}  // namespace trunkline::app
