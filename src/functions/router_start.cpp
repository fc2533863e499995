#include "functions/router_start.h"

namespace trunkline::functions::router {
namespace {

json::Object StartInput(const std::string& pipeline, const Mark& mark) {
  json::Object revision{
      {"actionName", kSourceAction}, {"revisionType", "COMMIT_ID"}, {"revisionValue", mark.commit}};
  json::Array revisions;
  revisions.emplace_back(std::move(revision));
  return json::Object{{"name", pipeline},
                      {"clientRequestToken", mark.token},
                      {"sourceRevisions", std::move(revisions)}};
}

Left Missing(const std::string& pipeline) {
  return {.what = pipeline,
          .why =
              "there is no such pipeline: deploy the tooling stack again ('trunkline "
              "bootstrap')"};
}

// What to do, for the errors that have something special.
std::string_view WayOut(const Error& error) {
  if (error.kind() == ErrorKind::kThrottled)
    return "CodePipeline takes no more calls for now; deliver the push again in a minute, or wait "
           "for the reconciliation";
  if (error.kind() == ErrorKind::kDenied)
    return "the router's role may not start it: deploy the tooling stack again ('trunkline "
           "bootstrap'), then deliver the push again";
  if (error.code() == "ConcurrentPipelineExecutionsLimitExceededException")
    return "too many executions are under way; stop or finish some, then deliver the push again";
  return "deliver the push again, or wait for the reconciliation";
}

}  // namespace

net::aw<Result<std::string>> Start(const Session& session, std::string pipeline, Mark mark) {
  json::Object input = StartInput(pipeline, mark);
  TL_CO_TRY(const json::Object output,
            co_await session.Call("codepipeline", "StartPipelineExecution", std::move(input)));
  co_return std::string(output.GetString("pipelineExecutionId"));
}

net::aw<void> StartAll(const Session& session, std::vector<std::string> pipelines,
                       BranchRecord& record, Routed& routed) {
  for (const std::string& pipeline : pipelines) {
    Mark& mark = record.pipelines[pipeline];
    if (mark.execution.empty()) {
      const Result<std::string> started = co_await Start(session, pipeline, mark);
      if (!started && started.error().code() == "PipelineNotFoundException") {
        record.pipelines.erase(pipeline);
        routed.skipped.push_back(Missing(pipeline));
        continue;
      }
      if (!started) {
        const Error& error = started.error();
        routed.failed.push_back(
            {.what = pipeline, .why = fmt::format("{}; {}", error.message(), WayOut(error))});
        continue;
      }
      mark.execution = *started;
    }
    routed.started.push_back({.pipeline = pipeline, .execution = mark.execution});
  }
}

}  // namespace trunkline::functions::router
