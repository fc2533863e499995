#include "app/deliver_text.h"

#include <fmt/format.h>

#include "base/code_point.h"
#include "base/finding_json.h"
#include "base/text.h"

namespace trunkline::app {
namespace {

std::string Counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

char Mark(deploy::Action action) {
  if (action == deploy::Action::kCreate) return '+';
  return action == deploy::Action::kUpdate ? '~' : '-';
}

std::string PlanText(const RegionReport& region) {
  const std::size_t count = region.plan.CountShown();
  if (count == 0)
    return fmt::format("{}: nothing to change, {} as wanted\n", region.region,
                       Counted(region.plan.unchanged, "resource is", "resources are"));
  std::string text = fmt::format("{}: {} would change, {} as wanted\n", region.region,
                                 Counted(count, "resource", "resources"),
                                 Counted(region.plan.unchanged, "is", "are"));
  for (const deploy::Change& change : region.plan.changes) {
    if (!change.internal) text += fmt::format("  {} {}\n", Mark(change.action), ToText(change));
  }
  return text;
}

std::string RolledBackText(const RegionReport& region) {
  const deploy::Applied& applied = *region.applied;
  std::string text = fmt::format(
      "{}: {}, rolled back after {}: {} put back\n", region.region,
      applied.failed.empty() ? "stopped" : fmt::format("{} failed", applied.failed.size()),
      ToDurationText(region.duration),
      Counted(CountShown(applied.restored), "resource", "resources"));
  for (const deploy::Failure& failure : applied.not_restored) {
    text += fmt::format("  not put back: {} '{}': {}\n", failure.change.kind, failure.change.name,
                        failure.error.message());
  }
  return text;
}

std::string AppliedText(const RegionReport& region) {
  const deploy::Applied& applied = *region.applied;
  if (applied.rolled_back) return RolledBackText(region);
  const std::size_t done = CountShown(applied.done);
  std::string text;
  if (applied.ok() && done == 0) {
    return fmt::format("{}: nothing to change, {} as wanted\n", region.region,
                       Counted(region.plan.unchanged, "resource is", "resources are"));
  }
  text = fmt::format("{}: {} changed in {}, {} unchanged\n", region.region,
                     Counted(done, "resource", "resources"), ToDurationText(region.duration),
                     region.plan.unchanged);
  if (!applied.failed.empty()) text += fmt::format("  {} failed\n", applied.failed.size());
  if (!applied.blocked.empty()) {
    text += fmt::format("  {} not tried {}; apply again to go on\n", CountShown(applied.blocked),
                        applied.stopped ? "because the run was stopped" : "because of that");
  }
  return text;
}

// The first few changes by name, the others counted.
std::string SummaryOf(const deploy::Plan& plan) {
  constexpr std::size_t kNamed = 5;
  std::vector<std::string> changes;
  for (const deploy::Change& change : plan.changes) {
    if (!change.internal) changes.push_back(ToText(change));
  }
  if (changes.empty()) return "nothing to change";
  std::string more;
  if (changes.size() > kNamed) {
    more = fmt::format(" and {} more", changes.size() - kNamed);
    changes.resize(kNamed);
  }
  return Join(changes, ", ") + more;
}

std::string SummaryOf(const RegionReport& region) {
  if (region.error) return "cannot be read: " + region.error->message();
  for (const Finding& finding : region.plan.findings) {
    if (finding.severity == Severity::kError)
      return fmt::format(
          "cannot be planned yet: {}; what other pipelines bring is waited for before it is "
          "delivered",
          finding.message);
  }
  return SummaryOf(region.plan);
}

json::Object ToJson(const RegionReport& region) {
  json::Object object{{"region", region.region},
                      {"ok", region.ok()},
                      {"changes", ToJson(region.plan.changes)},
                      {"unchanged", region.plan.unchanged}};
  if (region.error) object.Set("error", ToJson(*region.error));
  if (!region.plan.findings.empty()) object.Set("findings", ToJson(region.plan.findings));
  if (!region.applied) return object;
  object.Set("done", ToJson(region.applied->done));
  object.Set("failed", ToJson(region.applied->failed));
  object.Set("notTried", ToJson(region.applied->blocked));
  if (region.applied->rolled_back) {
    object.Set("restored", ToJson(region.applied->restored));
    object.Set("notRestored", ToJson(region.applied->not_restored));
  }
  object.Set("milliseconds", region.duration.count());
  return object;
}

}  // namespace

std::string ToText(const DeliverReport& report) {
  std::string text;
  for (const RegionReport& region : report.regions) {
    if (region.error) continue;  // told as an error
    if (region.applied) {
      text += AppliedText(region);
    } else {
      text += PlanText(region);
    }
  }
  for (const std::string& region : report.not_tried) {
    text += fmt::format("{}: not tried, because the primary Region did not succeed\n", region);
  }
  return text;
}

std::string ToSummary(const DeliverReport& report) {
  constexpr std::size_t kLongest = 600;
  if (HasErrors(report.findings)) return "the monorepo has errors";
  std::vector<std::string> regions;
  for (const RegionReport& region : report.regions)
    regions.push_back(fmt::format("{}: {}", region.region, SummaryOf(region)));
  for (const std::string& region : report.not_tried)
    regions.push_back(region + ": not planned, because the primary Region did not succeed");
  std::string text = Replace(Join(regions, "; "), "\n", " ");
  if (text.size() <= kLongest) return text;
  return std::string(CutToBytes(text, kLongest - 3)) + "...";
}

json::Object ToJson(const DeliverReport& report) {
  json::Array regions;
  for (const RegionReport& region : report.regions) regions.emplace_back(ToJson(region));
  json::Array not_tried;
  for (const std::string& region : report.not_tried) not_tried.emplace_back(region);
  return {{"environment", report.environment},
          {"account", report.account},
          {"ok", report.ok()},
          {"findings", ToJson(report.findings)},
          {"regions", std::move(regions)},
          {"notTried", std::move(not_tried)}};
}

}  // namespace trunkline::app
