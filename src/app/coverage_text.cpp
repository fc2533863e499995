#include "app/coverage_text.h"

#include <algorithm>
#include <cmath>

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
  for (const Miss& miss : MissesOf(flow)) {
    const CoveredAction& action = flow.actions[miss.action];
    text += fmt::format("{}:{}: '{}' ({}): {}\n", action.place.file, action.place.line,
                        flow.document->actions[miss.action].id, action.block, miss.Words());
  }
  return text;
}

// A tenth of a percent less than all is not all.
double Floored(double percent) {
  return std::floor(percent * 10) / 10;
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
  for (const Miss& miss : MissesOf(flow)) {
    const CoveredAction& action = flow.actions[miss.action];
    json::Object one{{"line", action.place.line},
                     {"action", flow.document->actions[miss.action].id},
                     {"block", action.block}};
    if (miss.way) one.Set("branch", *miss.way);
    missed.emplace_back(std::move(one));
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
  return text + fmt::format("\n{:.1f} % of actions and branches\n", Floored(sums.Percent()));
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
