#include "functions/router_overtaken.h"

#include <algorithm>

#include "functions/router_executions.h"

namespace trunkline::functions::router {

std::vector<Overtaken> FindOvertaken(const std::vector<std::string>& pipelines,
                                     const BranchRecord& ours, const BranchRecord& theirs) {
  std::vector<Overtaken> found;
  for (const std::string& pipeline : pipelines) {
    const auto mine = ours.pipelines.find(pipeline);
    const auto now = theirs.pipelines.find(pipeline);
    if (mine == ours.pipelines.end() || now == theirs.pipelines.end()) continue;
    const bool started = !mine->second.execution.empty();
    if (started && mine->second.commit != now->second.commit)
      found.push_back({.pipeline = pipeline, .ours = mine->second, .theirs = now->second});
  }
  return found;
}

bool CameLast(const std::vector<std::string>& commits, const Overtaken& overtaken) {
  const auto ours = std::ranges::find(commits, overtaken.ours.commit);
  const auto theirs = std::ranges::find(commits, overtaken.theirs.commit);
  return theirs != commits.end() && ours < theirs;
}

net::aw<void> StartOvertaken(const Session& session, std::vector<Overtaken> overtaken,
                             Routed& routed) {
  for (const Overtaken& one : overtaken) {
    const Result<Seen> seen = co_await CommitsSeen(session, one.pipeline);
    const bool fine = seen && *seen && !CameLast(**seen, one);
    if (fine) continue;
    Mark again = one.theirs;
    again.token = TokenOf(one.ours.token, one.pipeline, one.theirs.commit);
    const Result<std::string> started = co_await Start(session, one.pipeline, std::move(again));
    routed.notes.push_back(
        started ? fmt::format("{} was started for {} again: a newer push came at the same time",
                              one.pipeline, one.theirs.commit.substr(0, 12))
                : fmt::format("{} may have ended with {}: {}", one.pipeline,
                              one.ours.commit.substr(0, 12), started.error().message()));
  }
}

}  // namespace trunkline::functions::router
