#include "functions/router_decision.h"

#include <algorithm>

#include "base/text.h"
#include "center/center.h"
#include "center/pipeline_name.h"

namespace trunkline::functions::router {
namespace {

// Settings of the whole center: every project is built from them.
constexpr std::string_view kCenterSettings = "trunkline.json";
// A push may touch thousands of folders; an answer tells of some.
constexpr std::size_t kMostIgnored = 20;

std::vector<std::string> ProjectsOf(const Settings& settings, std::string_view branch) {
  std::vector<std::string> projects;
  const bool environment = !settings.EnvironmentOf(branch).empty();
  for (const std::string& project : settings.projects) {
    const bool of_branch =
        project == kPipelinesProject ? branch == settings.tooling_branch : environment;
    if (of_branch) projects.push_back(project);
  }
  return projects;
}

std::string FolderOf(std::string_view project) {
  return fmt::format("{}{}/", kFolderPrefix, project);
}

std::string Listed(const std::vector<BranchRow>& rows) {
  std::string text;
  for (const BranchRow& row : rows)
    text += fmt::format("{}'{}' ({})", text.empty() ? "" : ", ", row.branch, row.environment);
  return text.empty() ? "none" : text;
}

// A folder of a project that this branch has no pipeline for.
std::string WhyWithout(const Settings& settings, std::string_view project,
                       std::string_view branch) {
  if (project == kPipelinesProject && branch != settings.tooling_branch)
    return fmt::format("the pipelines are updated from branch '{}'", settings.tooling_branch);
  if (settings.EnvironmentOf(branch).empty() && project != kPipelinesProject)
    return fmt::format("branch '{}' delivers to no environment", branch);
  return "there is no pipeline for it: deploy the tooling stack again ('trunkline bootstrap')";
}

void LeaveTheRest(const Settings& settings, std::string_view branch, const Changes& changes,
                  const std::vector<std::string>& projects, Decision& decision) {
  std::size_t more = 0;
  for (const std::string& top : changes.tops) {
    const auto of_top = [&](std::string_view project) { return FolderOf(project) == top; };
    if (std::ranges::any_of(projects, of_top) || top == kCenterSettings) continue;
    const auto* known = std::ranges::find_if(center::kProjects, of_top);
    if (known != std::end(center::kProjects)) {
      decision.skipped.push_back({.what = top, .why = WhyWithout(settings, *known, branch)});
    } else if (decision.ignored.size() < kMostIgnored) {
      decision.ignored.push_back({.what = top, .why = "no pipeline delivers it"});
    } else {
      ++more;
    }
  }
  if (more > 0)
    decision.ignored.push_back(
        {.what = fmt::format("{} more", more), .why = "no pipeline delivers them"});
}

std::int64_t SecondsOf(TimePoint time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

std::string TimeText(std::int64_t seconds) {
  return ToIso8601(FromEpochSeconds(static_cast<double>(seconds)));
}

}  // namespace

std::optional<Left> WhyIgnored(const Settings& settings, const Push& push) {
  const std::string_view branch = push.branch();
  if (branch.empty()) return Left{.what = push.ref, .why = "only pushes of branches are routed"};
  const Left deleted{.what = push.ref, .why = "the branch was deleted"};
  if (push.deleted) return deleted;
  const std::vector<std::string> routed = settings.RoutedBranches();
  if (std::ranges::find(routed, branch) != routed.end()) return std::nullopt;
  return Left{.what = push.ref,
              .why = fmt::format("branch '{}' belongs to no enabled environment; there is {}",
                                 branch, Listed(settings.branches))};
}

bool IsOurs(const Settings& settings, const Push& push) {
  return EqualsIgnoreCase(settings.repository, push.repository);
}

Age AgeOf(const Push& push, TimePoint now) {
  const std::int64_t oldest = SecondsOf(now - kReplayWindow);
  if (push.pushed > 0) return push.pushed < oldest ? Age::kTooOld : Age::kRecent;
  return push.committed > 0 && push.committed < oldest ? Age::kSuspect : Age::kRecent;
}

std::string WhyTooOld(const Push& push) {
  const bool told = push.pushed > 0;
  return fmt::format(
      "{} {}, longer than {} hours ago, so it may be a replay; 'trunkline webhook reconcile' "
      "routes what the branch has now",
      told ? "it was pushed at" : "it does not say when it was pushed, and its head commit is of",
      TimeText(told ? push.pushed : push.committed), kReplayWindow.count());
}

Decision Decide(const Settings& settings, std::string_view branch, const Changes& changes) {
  Decision decision;
  const std::vector<std::string> projects = ProjectsOf(settings, branch);
  const bool all = !changes.all.empty() || changes.tops.contains(kCenterSettings);
  for (const std::string& project : projects) {
    std::string pipeline = center::PipelineName(project, branch);
    if (all || changes.tops.contains(FolderOf(project))) {
      decision.pipelines.push_back(std::move(pipeline));
    } else {
      decision.skipped.push_back(
          {.what = std::move(pipeline),
           .why = fmt::format("nothing in {}{} changed", kFolderPrefix, project)});
    }
  }
  LeaveTheRest(settings, branch, changes, projects, decision);
  return decision;
}

std::vector<std::string> PipelinesOf(const Settings& settings, std::string_view branch) {
  std::vector<std::string> pipelines;
  for (const std::string& project : ProjectsOf(settings, branch))
    pipelines.push_back(center::PipelineName(project, branch));
  return pipelines;
}

}  // namespace trunkline::functions::router
