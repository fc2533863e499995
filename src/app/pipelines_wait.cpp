#include "app/pipelines_wait.h"

#include <algorithm>

#include "base/text.h"
#include "stacks/names.h"

namespace trunkline::app {
namespace {

constexpr Milliseconds kFar{5000};
constexpr Milliseconds kNear{150};

Result<std::vector<std::string>> PipelinesBefore(const center::Center& center,
                                                 const WaitArgs& wait) {
  TL_TRY(const center::Environment* environment,
         center::SelectEnvironment(center, wait.environment));
  const auto own = std::ranges::find(center::kProjects, wait.project);
  if (own == std::end(center::kProjects)) {
    const std::vector<std::string> known(std::begin(center::kProjects),
                                         std::end(center::kProjects));
    return Error(ErrorKind::kInvalid, "'{}' is no project that is delivered; there is {}",
                 wait.project, Join(known, ", "));
  }
  std::vector<std::string> names;
  for (auto project = std::begin(center::kProjects); project != own; ++project)
    names.push_back(stacks::PipelineName(*project, environment->branch.value));
  return names;
}

net::aw<Result<std::vector<ExecutionStatus>>> Latest(aws::Client client, std::string pipeline) {
  json::Object input{{"pipelineName", pipeline}, {"maxResults", 20}};
  TL_CO_TRY(const json::Object page,
            co_await client.Call("codepipeline", "ListPipelineExecutions", std::move(input)));
  std::vector<ExecutionStatus> executions;
  for (const json::Value& one : page.GetArray("pipelineExecutionSummaries")) {
    executions.push_back(ToStatus(pipeline, one.AsObject()));
  }
  co_return executions;
}

struct Pending {
  std::string pipeline;  // empty: none
};

// The first of the pipelines that is not ready.
net::aw<Result<Pending>> FirstPending(aws::Client client, std::vector<std::string> pipelines,
                                      std::string commit) {
  for (const std::string& pipeline : pipelines) {
    TL_CO_TRY(const std::vector<ExecutionStatus> executions, co_await Latest(client, pipeline));
    const Prerequisite verdict = Judge(executions, commit);
    if (verdict == Prerequisite::kFailed) {
      co_return Error(
          ErrorKind::kConflict,
          "pipeline '{0}' failed for the same commit, and what this one delivers stands "
          "on it; see 'trunkline pipelines status {0}', then retry both",
          pipeline);
    }
    if (verdict == Prerequisite::kWait) co_return Pending{pipeline};
  }
  co_return Pending{};
}

net::aw<Result<void>> Wait(Tooling& tooling, AppWorld& world, const WaitArgs& wait,
                           std::vector<std::string> before,
                           const std::function<void(const std::string&)>& tell) {
  TL_CO_TRY(const std::vector<std::string> there, co_await PipelineNames(tooling.client));
  std::erase_if(before, [&](const std::string& name) {
    return std::ranges::find(there, name) == there.end();
  });
  const TimePoint end = world.clock.Now() + wait.limit;
  for (std::string told;;) {
    TL_CO_TRY(const Pending pending, co_await FirstPending(tooling.client, before, wait.commit));
    if (pending.pipeline.empty()) co_return Result<void>();
    if (world.clock.Now() >= end) {
      co_return Error(ErrorKind::kUnreached,
                      "pipeline '{0}' has not ended within {1}; see 'trunkline pipelines status "
                      "{0}', then 'trunkline pipelines retry' this one",
                      pending.pipeline, ToDurationText(wait.limit));
    }
    if (pending.pipeline != told) tell(fmt::format("waits for pipeline '{}'", pending.pipeline));
    told = pending.pipeline;
    co_await tooling.connection.timers().Wait(tooling.connection.IsEmbedded() ? kNear : kFar);
  }
}

}  // namespace

Prerequisite Judge(std::span<const ExecutionStatus> executions, std::string_view commit) {
  const bool running =
      std::ranges::any_of(executions, [](const ExecutionStatus& one) { return !one.HasEnded(); });
  if (running) return Prerequisite::kWait;
  const auto own = std::ranges::find(executions, commit, &ExecutionStatus::commit);
  const bool good =
      own == executions.end() || own->status == "Succeeded" || own->status == "Superseded";
  return good ? Prerequisite::kReady : Prerequisite::kFailed;
}

Result<void> WaitForPrerequisites(AppWorld& world, const ToolingArgs& args, const WaitArgs& wait,
                                  const std::function<void(const std::string&)>& tell) {
  TL_TRY(const auto tooling, OpenTooling(world, args));
  TL_TRY(std::vector<std::string> before, PipelinesBefore(tooling->center, wait));
  return tooling->connection.Run(Wait(*tooling, world, wait, std::move(before), tell));
}

}  // namespace trunkline::app
