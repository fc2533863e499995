// Doing something about a stage that failed: retry it, roll it back, override its condition.
#include "cloud/services/codepipeline/families.h"
#include "cloud/services/codepipeline/progress.h"

namespace trunkline::cloud::codepipeline {
namespace {

struct Asked {
  const Record* pipeline = nullptr;
  std::string name;
  std::string stage;
  std::string execution;
};

Answer<Asked> ReadAsked(Context& context, const json::Object& input) {
  Asked asked{.name = std::string(input.GetString("pipelineName")),
              .stage = std::string(input.GetString("stageName")),
              .execution = std::string(input.GetString("pipelineExecutionId"))};
  TL_TRY(asked.pipeline, FindPipeline(context, asked.name));
  if (!FindStage(DeclarationOf(*asked.pipeline), asked.stage))
    return StageNotFound(asked.name, asked.stage);
  return asked;
}

// The execution, if it is the last one that was in the stage.
Answer<const Record*> FindLatest(Context& context, const Asked& asked) {
  const json::Object& view = asked.pipeline->body.GetObject("Stages").GetObject(asked.stage);
  const Record* record = context.store.Find(context.RegionScope(), kExecution, asked.execution);
  const bool parallel = DeclarationOf(*asked.pipeline).GetString("executionMode") == "PARALLEL";
  const bool latest = view.GetObject("Latest").GetString("pipelineExecutionId") == asked.execution;
  if (record && record->parent == asked.name && (latest || parallel)) return record;
  return ServiceError("NotLatestPipelineExecutionException",
                      fmt::format("Pipeline execution {} is not the latest one of stage '{}'",
                                  asked.execution, asked.stage));
}

ServiceError NotRetryable(const Asked& asked, std::string_view why) {
  return {"StageNotRetryableException",
          fmt::format("Stage '{}' of pipeline '{}' cannot be retried: {}", asked.stage, asked.name,
                      why)};
}

Answer<> RetryStageExecution(Context& context, const json::Object& input) {
  TL_TRY(const Asked asked, ReadAsked(context, input));
  TL_TRY(const Record* execution, FindLatest(context, asked));
  const json::Object& body = execution->body;
  const std::string_view status =
      body.GetObject("Stages").GetObject(asked.stage).GetString("Status");
  if (body.GetString("Step") != "Ended" || body.GetString("Stage") != asked.stage ||
      (status != "Failed" && status != "Stopped")) {
    return NotRetryable(asked, "it has not failed");
  }
  if (body.GetInt("Structure") != asked.pipeline->body.GetInt("Structure"))
    return NotRetryable(asked, "the pipeline was changed since");
  TL_DO(Change(context, asked.name, [&](Progress& progress) -> Answer<void> {
    progress.Retry(asked.execution, input.GetString("retryMode"), false);
    return {};
  }));
  return json::Object{{"pipelineExecutionId", asked.execution}};
}

ServiceError NoRollback(std::string_view why) {
  return {"UnableToRollbackStageException", why};
}

Answer<void> CheckTarget(const Asked& asked, const Record& target) {
  const json::Object& declaration = DeclarationOf(*asked.pipeline);
  if (declaration.GetString("pipelineType") != "V2")
    return NoRollback("Only pipelines of type V2 can be rolled back");
  if (declaration.GetString("executionMode") == "PARALLEL")
    return NoRollback("A pipeline in PARALLEL mode cannot be rolled back");
  if (declaration.GetArray("stages").front().AsObject().GetString("name") == asked.stage)
    return NoRollback("The source stage cannot be rolled back");
  if (target.body.GetString("Type") == "ROLLBACK")
    return NoRollback("The target is itself a rollback");
  if (target.body.GetInt("Structure") != asked.pipeline->body.GetInt("Structure")) {
    return ServiceError("PipelineExecutionOutdatedException",
                        fmt::format("The pipeline was changed since execution {}", target.id));
  }
  if (target.body.GetObject("Stages").GetObject(asked.stage).GetString("Status") != "Succeeded")
    return NoRollback(
        fmt::format("Execution {} did not succeed in stage '{}'", target.id, asked.stage));
  return {};
}

Answer<> RollbackStage(Context& context, const json::Object& input) {
  TL_TRY(const Asked asked, ReadAsked(context, input));
  const std::string target(input.GetString("targetPipelineExecutionId"));
  TL_TRY(const Record* record, FindExecution(context, asked.name, target));
  TL_DO(CheckTarget(asked, *record));
  std::string id;
  TL_DO(Change(context, asked.name, [&](Progress& progress) -> Answer<void> {
    id = progress.StartRollback(asked.stage, target, "ManualRollback", context.caller.arn);
    return {};
  }));
  return json::Object{{"pipelineExecutionId", id}};
}

Answer<> OverrideStageCondition(Context& context, const json::Object& input) {
  TL_TRY(const Asked asked, ReadAsked(context, input));
  TL_TRY(const Record* execution, FindLatest(context, asked));
  const std::string part =
      input.GetString("conditionType") == "BEFORE_ENTRY" ? "beforeEntry" : "onSuccess";
  const json::Object& body = execution->body;
  const std::string_view status = body.GetObject("Stages")
                                      .GetObject(asked.stage)
                                      .GetObject("Conditions")
                                      .GetObject(part)
                                      .GetString("Status");
  const bool failed = status == "Failed" && body.GetString("Status") == "Failed" &&
                      body.GetString("Stage") == asked.stage;
  const bool waiting = status == "InProgress" && body.GetString("Step") == part;
  if (!failed && !waiting) {
    return ServiceError("ConditionNotOverridableException",
                        fmt::format("Stage '{}' has no {} condition that could be overridden",
                                    asked.stage, input.GetString("conditionType")));
  }
  TL_DO(Change(context, asked.name, [&](Progress& progress) -> Answer<void> {
    progress.Override(asked.execution, part);
    return {};
  }));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "OverrideStageCondition", .handle = OverrideStageCondition},
    {.name = "RetryStageExecution", .handle = RetryStageExecution},
    {.name = "RollbackStage", .handle = RollbackStage},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kStageOperations = kOperations;

}  // namespace trunkline::cloud::codepipeline
