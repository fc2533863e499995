#include "app/story_pushes.h"

#include "stacks/names.h"

namespace trunkline::app {
namespace {

constexpr Milliseconds kPause{100};
constexpr int kMostPauses = 200;

net::aw<Result<std::vector<std::string>>> AtCommit(aws::Client client,
                                                   std::vector<std::string> names,
                                                   std::string commit) {
  std::vector<std::string> running;
  for (const std::string& name : names) {
    TL_CO_TRY(const ExecutionStatus status, co_await ReadExecution(client, name, "", false));
    if (status.commit == commit) running.push_back(name);
  }
  co_return running;
}

std::vector<std::string> PipelinesOf(const std::string& branch) {
  std::vector<std::string> names;
  for (const std::string_view project : center::kProjects)
    names.push_back(stacks::PipelineName(project, branch));
  return names;
}

}  // namespace

net::aw<Result<std::vector<std::string>>> StartedBy(Tooling& tooling, std::string branch,
                                                    std::string commit) {
  TL_CO_TRY(const std::vector<std::string> there, co_await PipelineNames(tooling.client));
  std::vector<std::string> names = PipelinesOf(branch);
  std::erase_if(names, [&](const std::string& name) {
    return std::find(there.begin(), there.end(), name) == there.end();
  });
  for (int i = 0; i < kMostPauses; ++i) {
    TL_CO_TRY(std::vector<std::string> running, co_await AtCommit(tooling.client, names, commit));
    co_await tooling.connection.timers().Wait(kPause);
    if (running.empty()) continue;
    // The router starts all of them in one go; the last is there a moment later.
    co_return co_await AtCommit(tooling.client, names, commit);
  }
  co_return Error(ErrorKind::kUnreached,
                  "no pipeline of branch '{}' has started at commit {} after {}", branch,
                  commit.substr(0, 7), ToDurationText(kPause * kMostPauses));
}

Result<ExecutionStatus> Finish(AppWorld& world, const ToolingArgs& args,
                               const std::string& pipeline, bool approve) {
  std::string execution;
  for (;;) {
    TL_TRY(ExecutionStatus status,
           WatchPipeline(world, args, pipeline, execution, true, [](const ExecutionStatus&) {}));
    if (status.HasEnded() || !approve) return status;
    execution = status.id;
    TL_DO(AnswerApproval(world, args, pipeline, true, "heard on staging"));
  }
}

}  // namespace trunkline::app
