// AWS::CodePipeline::Pipeline.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The API has a pipeline in one structure, its stores by Region, and all configuration as texts.
Answer<void> NestPipeline(const WaitContext& /*context*/, const ResourceOrder& order,
                          json::Object& properties) {
  json::Object pipeline;
  for (const std::string_view name : {"ArtifactStore", "ExecutionMode", "Name", "PipelineType",
                                      "RoleArn", "Stages", "Triggers", "Variables"}) {
    if (const json::Value* value = properties.Find(name)) pipeline.Set(name, *value);
  }
  if (!order.physical_id.empty()) pipeline.Set("Name", order.physical_id);
  json::Object stores;
  for (const json::Value& row : properties.GetArray("ArtifactStores")) {
    if (row.IsObject())
      stores.Set(row.AsObject().GetString("Region"), row.AsObject().GetObject("ArtifactStore"));
  }
  if (!stores.empty()) pipeline.Set("ArtifactStores", std::move(stores));
  properties.Set("Pipeline", std::move(pipeline));
  return {};
}

void AddPipelineArn(const WaitContext& context, const ResourceOrder& order, json::Object& known) {
  if (order.physical_id.empty()) return;
  known.Set("PipelineArn", fmt::format("arn:aws:codepipeline:{}:{}:{}", context.region(),
                                       context.caller().account, order.physical_id));
  if (const json::Value* version = known.Find("version"); version && version->IsNumber())
    known.Set("version", version->AsNumber().text);
}

json::Object StagesOf(const json::Object& properties) {
  json::Object reasons;
  for (const json::Value& row : properties.GetArray("DisableInboundStageTransitions")) {
    if (row.IsObject())
      reasons.Set(row.AsObject().GetString("StageName"), row.AsObject().GetString("Reason"));
  }
  return reasons;
}

net::aw<Answer<void>> SetTransition(WaitContext context, std::string pipeline, std::string stage,
                                    std::string reason) {
  json::Object input;
  input.Set("pipelineName", pipeline);
  input.Set("stageName", stage);
  input.Set("transitionType", "Inbound");
  if (!reason.empty()) input.Set("reason", reason);
  const std::string operation = reason.empty() ? "EnableStageTransition" : "DisableStageTransition";
  Answer<> done = co_await context.Call("codepipeline", operation, std::move(input));
  if (!done) co_return std::move(done).error();
  co_return Answer<void>();
}

net::aw<Answer<void>> ChangeTransitions(WaitContext context, ResourceOrder order) {
  const json::Object wanted = StagesOf(order.properties);
  const json::Object before = StagesOf(order.previous);
  for (const json::Member& stage : before) {
    if (wanted.Has(stage.key)) continue;
    Answer<void> done = co_await SetTransition(context, order.physical_id, stage.key, "");
    if (!done) co_return done;
  }
  for (const json::Member& stage : wanted) {
    if (before.GetString(stage.key) == stage.value.AsString()) continue;
    Answer<void> done =
        co_await SetTransition(context, order.physical_id, stage.key, stage.value.AsString());
    if (!done) co_return done;
  }
  const json::Value* restart = order.properties.Find("RestartExecutionOnUpdate");
  const bool again = restart && (*restart == json::Value(true) || *restart == json::Value("true"));
  if (!again || order.previous.empty()) co_return Answer<void>();
  json::Object input;
  input.Set("name", order.physical_id);
  Answer<> started =
      co_await context.Call("codepipeline", "StartPipelineExecution", std::move(input));
  if (!started) co_return std::move(started).error();
  co_return Answer<void>();
}

constexpr auto kProperties = Properties<
    "ArtifactStore ArtifactStores~ DisableInboundStageTransitions~ ExecutionMode Name^ "
    "PipelineType RestartExecutionOnUpdate~ RoleArn* Stages*~ Tags~ Triggers Variables">();

constexpr auto kAttributes = Words<"Version">();

constexpr Name kNames[] = {
    {"PipelineName", "pipelineName"},
};

constexpr Name kValues[] = {
    {"Name", "Pipeline.Name"},
    {"Name", "Name"},
};

constexpr Change kChanges[] = {
    {.operation = "UpdatePipeline",
     .properties = "ArtifactStore ArtifactStores ExecutionMode Name PipelineType RoleArn Stages "
                   "Triggers Variables Pipeline"},
};

constexpr Mapping kMapping{
    .type = "AWS::CodePipeline::Pipeline",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "codepipeline",
    .create = "CreatePipeline",
    .describe = "GetPipeline",
    .described = "pipeline",
    .remove = "DeletePipeline",
    .changes = kChanges,
    .id = "Name",
    .values = kValues,
    .names = kNames,
    .naming = {.property = "Name", .limit = 100},
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "PipelineArn",
    .prepare = NestPipeline,
    .complete = AddPipelineArn,
    .after = ChangeTransitions,
    .after_properties = "DisableInboundStageTransitions RestartExecutionOnUpdate",
};

}  // namespace

constinit const ResourceType kCodePipelinePipelineType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
