#include "functions/router_executions.h"

#include "functions/router_start.h"

namespace trunkline::functions::router {

net::aw<Result<Seen>> CommitsSeen(const Session& session, std::string pipeline) {
  constexpr int kNewest = 20;
  json::Object input{{"pipelineName", pipeline}, {"maxResults", kNewest}};
  const Result<json::Object> output =
      co_await session.Call("codepipeline", "ListPipelineExecutions", std::move(input));
  if (!output && output.error().code() == "PipelineNotFoundException") co_return Seen();
  if (!output) co_return output.error();
  std::vector<std::string> commits;
  for (const json::Value& execution : output->GetArray("pipelineExecutionSummaries")) {
    for (const json::Value& revision : execution.AsObject().GetArray("sourceRevisions")) {
      if (revision.AsObject().GetString("actionName") == kSourceAction)
        commits.emplace_back(revision.AsObject().GetString("revisionId"));
    }
  }
  co_return Seen(std::move(commits));
}

}  // namespace trunkline::functions::router
