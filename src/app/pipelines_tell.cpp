// What a person tells a pipeline: start, stop, retry, approve.
#include <algorithm>

#include "app/pipelines.h"

namespace trunkline::app {
namespace {

// The source action a commit is for.
std::string SourceAction(const ExecutionStatus& status) {
  for (const StageStatus& stage : status.stages) {
    for (const ActionStatus& action : stage.actions) {
      if (action.category == "Source") return action.name;
    }
  }
  return {};
}

net::aw<Result<std::string>> Start(aws::Client client, std::string name, std::string commit) {
  TL_CO_TRY(name, co_await FindPipeline(client, name));
  json::Object input{{"name", name}};
  if (!commit.empty()) {
    TL_CO_TRY(const ExecutionStatus status, co_await ReadExecution(client, name, ""));
    json::Object revision{{"actionName", SourceAction(status)},
                          {"revisionType", "COMMIT_ID"},
                          {"revisionValue", commit}};
    json::Array revisions;
    revisions.emplace_back(std::move(revision));
    input.Set("sourceRevisions", std::move(revisions));
  }
  TL_CO_TRY(const json::Object started,
            co_await client.Call("codepipeline", "StartPipelineExecution", std::move(input)));
  co_return std::string(started.GetString("pipelineExecutionId"));
}

net::aw<Result<std::string>> Stop(aws::Client client, std::string name, bool at_once,
                                  std::string reason) {
  TL_CO_TRY(name, co_await FindPipeline(client, name));
  TL_CO_TRY(const ExecutionStatus status, co_await ReadExecution(client, name, "", false));
  if (status.id.empty() || status.HasEnded())
    co_return Error(ErrorKind::kNotFound, "nothing of pipeline '{}' is running", name);
  json::Object input{
      {"pipelineName", name}, {"pipelineExecutionId", status.id}, {"abandon", at_once}};
  input.SetIfNotEmpty("reason", reason);
  TL_CO_DO(co_await client.Call("codepipeline", "StopPipelineExecution", std::move(input)));
  co_return status.id;
}

const StageStatus* FailedStage(const ExecutionStatus& status) {
  const auto found = std::ranges::find_if(
      status.stages, [](const StageStatus& stage) { return stage.status() == "Failed"; });
  return found == status.stages.end() ? nullptr : &*found;
}

net::aw<Result<std::string>> Retry(aws::Client client, std::string name, bool whole_stage) {
  TL_CO_TRY(name, co_await FindPipeline(client, name));
  TL_CO_TRY(const ExecutionStatus status, co_await ReadExecution(client, name, ""));
  const StageStatus* stage = FailedStage(status);
  if (!stage)
    co_return Error(ErrorKind::kNotFound,
                    "nothing of the latest execution of pipeline '{}' failed (it is {})", name,
                    status.id.empty() ? "none yet" : status.status);
  json::Object input{{"pipelineName", name},
                     {"stageName", stage->name},
                     {"pipelineExecutionId", status.id},
                     {"retryMode", whole_stage ? "ALL_ACTIONS" : "FAILED_ACTIONS"}};
  TL_CO_DO(co_await client.Call("codepipeline", "RetryStageExecution", std::move(input)));
  co_return stage->name;
}

struct Approval {
  std::string stage;
  std::string action;
  std::string token;
};

// The first approval that waits; in PutApprovalResult's words it has a token.
std::optional<Approval> FindApproval(const json::Object& state) {
  for (const json::Value& stage : state.GetArray("stageStates")) {
    for (const json::Value& action : stage.AsObject().GetArray("actionStates")) {
      const json::Object& latest = action.AsObject().GetObject("latestExecution");
      if (latest.GetString("status") != "InProgress" || !latest.Has("token")) continue;
      return Approval{.stage = std::string(stage.AsObject().GetString("stageName")),
                      .action = std::string(action.AsObject().GetString("actionName")),
                      .token = std::string(latest.GetString("token"))};
    }
  }
  return std::nullopt;
}

net::aw<Result<std::string>> Approve(aws::Client client, std::string name, bool approved,
                                     std::string comment) {
  TL_CO_TRY(name, co_await FindPipeline(client, name));
  json::Object wanted{{"name", name}};
  TL_CO_TRY(const json::Object state,
            co_await client.Call("codepipeline", "GetPipelineState", std::move(wanted)));
  const std::optional<Approval> approval = FindApproval(state);
  if (!approval)
    co_return Error(ErrorKind::kNotFound, "pipeline '{}' asks nobody at the moment", name);
  json::Object result{{"summary", comment}, {"status", approved ? "Approved" : "Rejected"}};
  json::Object input{{"pipelineName", name},
                     {"stageName", approval->stage},
                     {"actionName", approval->action},
                     {"result", std::move(result)},
                     {"token", approval->token}};
  TL_CO_DO(co_await client.Call("codepipeline", "PutApprovalResult", std::move(input)));
  co_return approval->stage;
}

}  // namespace

Result<std::string> StartPipeline(AppWorld& world, const ToolingArgs& args, const std::string& name,
                                  const std::string& commit) {
  TL_TRY(const auto tooling, OpenTooling(world, args));
  return tooling->connection.Run(Start(tooling->client, name, commit));
}

Result<std::string> StopPipeline(AppWorld& world, const ToolingArgs& args, const std::string& name,
                                 bool at_once, const std::string& reason) {
  TL_TRY(const auto tooling, OpenTooling(world, args));
  return tooling->connection.Run(Stop(tooling->client, name, at_once, reason));
}

Result<std::string> RetryPipeline(AppWorld& world, const ToolingArgs& args, const std::string& name,
                                  bool whole_stage) {
  TL_TRY(const auto tooling, OpenTooling(world, args));
  return tooling->connection.Run(Retry(tooling->client, name, whole_stage));
}

Result<std::string> AnswerApproval(AppWorld& world, const ToolingArgs& args,
                                   const std::string& name, bool approved,
                                   const std::string& comment) {
  TL_TRY(const auto tooling, OpenTooling(world, args));
  return tooling->connection.Run(Approve(tooling->client, name, approved, comment));
}

}  // namespace trunkline::app
