// What EventBridge is told of pipelines: collected in Progress, sent together by a job, so that the
// events of one change come in their order.
#include "base/json_write.h"
#include "cloud/callers.h"
#include "cloud/dispatch.h"
#include "cloud/job_kinds.h"
#include "cloud/services/codepipeline/progress.h"

namespace trunkline::cloud {
namespace codepipeline {
namespace {

// Of one call of PutEvents.
constexpr std::size_t kMostEntries = 10;

json::Array ToArtifacts(const json::Array& artifacts) {
  json::Array list;
  for (const json::Value& artifact : artifacts) {
    json::Object one{{"name", artifact.AsObject().GetString("name")}};
    CopyMember(artifact.AsObject(), "s3location", one);
    list.emplace_back(std::move(one));
  }
  return list;
}

json::Object ToResult(const json::Object& result) {
  json::Object shown;
  CopyMember(result, "externalExecutionId", shown, "external-execution-id");
  CopyMember(result, "externalExecutionUrl", shown, "external-execution-url");
  CopyMember(result, "externalExecutionSummary", shown, "external-execution-summary");
  CopyMember(result.GetObject("errorDetails"), "code", shown, "error-code");
  return shown;
}

net::aw<Answer<>> PutEvents(WaitContext context, json::Object payload) {
  Caller root = RootCaller(context.caller().account);
  const WaitContext service = context.As(std::move(root), context.region());
  const json::Array& entries = payload.GetArray("Entries");
  for (std::size_t at = 0; at < entries.size(); at += kMostEntries) {
    const std::size_t end = std::min(entries.size(), at + kMostEntries);
    json::Array some(entries.begin() + static_cast<std::ptrdiff_t>(at),
                     entries.begin() + static_cast<std::ptrdiff_t>(end));
    json::Object input;
    input.Set("Entries", std::move(some));
    Answer<> answer = co_await service.Call("events", "PutEvents", std::move(input));
    if (!answer) co_return answer;
  }
  co_return json::Object();
}

constexpr WaitHandler kPutEvents{PutEvents};

}  // namespace

void Progress::Tell(std::string_view type, const json::Object& detail) {
  if (!context_->dispatch.FindHandler("events", "PutEvents")) return;
  json::Array resources;
  resources.emplace_back(PipelineArn(*context_, name()));
  events_.emplace_back(json::Object{{"Time", Timestamp(context_->Now())},
                                    {"Source", "aws.codepipeline"},
                                    {"Resources", std::move(resources)},
                                    {"DetailType", type},
                                    {"Detail", json::Write(detail)}});
}

namespace {

json::Object CommonDetail(const std::string& pipeline, const json::Object& execution,
                          std::string_view id, std::string_view state, TimePoint now) {
  return {{"pipeline", pipeline},
          {"execution-id", id},
          {"start-time", ToIso8601(now)},
          {"state", state},
          {"version", execution.GetInt("Version")},
          {"pipeline-execution-attempt", execution.GetInt("Attempt", 1)}};
}

}  // namespace

void Progress::TellPipeline(const json::Object& execution, std::string_view id,
                            std::string_view state) {
  json::Object detail = CommonDetail(name(), execution, id, state, context_->Now());
  const json::Object& trigger = execution.GetObject("Trigger");
  if (state == "STARTED") {
    detail.Set("execution-trigger",
               json::Object{{"trigger-type", trigger.GetString("triggerType")},
                            {"trigger-detail", trigger.GetString("triggerDetail")}});
  }
  Tell("CodePipeline Pipeline Execution State Change", std::move(detail));
}

void Progress::TellStage(const json::Object& execution, std::string_view id,
                         std::string_view state) {
  json::Object detail = CommonDetail(name(), execution, id, state, context_->Now());
  detail.Set("stage", execution.At("Stage"));
  Tell("CodePipeline Stage Execution State Change", std::move(detail));
}

void Progress::TellAction(const json::Object& execution, std::string_view id,
                          const json::Object& action, std::string_view state) {
  const json::Object& declared = action.GetObject("Declaration");
  json::Object detail = CommonDetail(name(), execution, id, state, context_->Now());
  detail.Set("stage", action.At("Stage"));
  detail.Set("action", action.At("Action"));
  detail.Set("region", declared.GetString("region", context_->region));
  detail.Set("type", declared.At("actionTypeId"));
  detail.Set("input-artifacts", ToArtifacts(action.GetArray("Inputs")));
  detail.Set("output-artifacts", ToArtifacts(action.GetArray("Outputs")));
  if (const json::Object result = ToResult(action.GetObject("Result")); !result.empty())
    detail.Set("execution-result", result);
  Tell("CodePipeline Action Execution State Change", std::move(detail));
}

}  // namespace codepipeline

constinit const JobKind kPutPipelineEventsJob{.name = "codepipeline.put-events",
                                              .wait = &codepipeline::kPutEvents};

}  // namespace trunkline::cloud
