// Starting and stopping executions.
#include "cloud/services/codepipeline/families.h"
#include "cloud/services/codepipeline/progress.h"

namespace trunkline::cloud::codepipeline {
namespace {

std::string TokenId(const json::Object& input) {
  return fmt::format("{}/{}", input.GetString("name"), input.GetString("clientRequestToken"));
}

// Which revision types a source action takes.
bool Takes(const json::Object& action, std::string_view type) {
  const std::string_view provider = action.GetObject("actionTypeId").GetString("provider");
  if (provider == "S3") return type == "S3_OBJECT_VERSION_ID" || type == "S3_OBJECT_KEY";
  return type == "COMMIT_ID";
}

Answer<void> CheckSources(const json::Object& declaration, const json::Array& sources) {
  const json::Object& first = declaration.GetArray("stages").front().AsObject();
  for (const json::Value& item : sources) {
    const json::Object& source = item.AsObject();
    const json::Object* action = FindAction(first, source.GetString("actionName"));
    if (!action) {
      return ValidationError(fmt::format("The pipeline has no source action '{}' to override",
                                         source.GetString("actionName")));
    }
    if (!Takes(*action, source.GetString("revisionType"))) {
      return ValidationError(
          fmt::format("The source action '{}' does not take a revision of type "
                      "{}",
                      source.GetString("actionName"), source.GetString("revisionType")));
    }
  }
  return {};
}

// A rule of EventBridge calls from within, in the session "events".
std::string_view TriggerType(const Context& context) {
  const bool rule = !context.request && context.caller.arn.ends_with("/events");
  return rule ? "CloudWatchEvent" : "StartPipelineExecution";
}

Answer<> StartPipelineExecution(Context& context, const json::Object& input) {
  const std::string name(input.GetString("name"));
  TL_TRY(const Record* pipeline, FindPipeline(context, name));
  TL_DO(CheckSources(DeclarationOf(*pipeline), input.GetArray("sourceRevisions")));
  const bool token = input.Has("clientRequestToken");
  if (token) {
    const Record* before = context.store.Find(context.RegionScope(), kStart, TokenId(input));
    if (before) return json::Object{{"pipelineExecutionId", before->body.At("Execution")}};
  }
  std::string id;
  TL_DO(Change(context, name, [&](Progress& progress) -> Answer<void> {
    const StartOrder order{.trigger_type = std::string(TriggerType(context)),
                           .trigger_detail = context.caller.arn,
                           .variables = input.GetArray("variables"),
                           .sources = input.GetArray("sourceRevisions")};
    TL_TRY(id, progress.Start(order));
    return {};
  }));
  if (token) {
    context.store.Put(
        context.RegionScope(), kStart,
        {.id = TokenId(input), .parent = name, .name = {}, .body = {{"Execution", id}}});
  }
  return json::Object{{"pipelineExecutionId", id}};
}

Answer<> StopPipelineExecution(Context& context, const json::Object& input) {
  const std::string name(input.GetString("pipelineName"));
  const std::string id(input.GetString("pipelineExecutionId"));
  const bool abandon = input.GetBool("abandon");
  TL_TRY(const Record* pipeline, FindPipeline(context, name));
  const Answer<const Record*> found = FindExecution(context, pipeline->id, id);
  if (!found || (*found)->body.GetString("Step") == "Ended") {
    return ServiceError("PipelineExecutionNotStoppableException",
                        fmt::format("Pipeline execution {} cannot be stopped: it is not in "
                                    "progress",
                                    id));
  }
  if ((*found)->body.GetString("Status") == "Stopping" && !abandon) {
    return ServiceError("DuplicatedStopRequestException",
                        fmt::format("Pipeline execution {} is already in the Stopping state", id));
  }
  TL_DO(Change(context, name, [&](Progress& progress) -> Answer<void> {
    progress.Stop(id, abandon, input.GetString("reason"));
    return {};
  }));
  return json::Object{{"pipelineExecutionId", id}};
}

Answer<> PutActionRevision(Context& context, const json::Object& input) {
  const std::string name(input.GetString("pipelineName"));
  TL_TRY(const Record* pipeline, FindPipeline(context, name));
  const json::Object* stage = FindStage(DeclarationOf(*pipeline), input.GetString("stageName"));
  if (!stage) return StageNotFound(name, input.GetString("stageName"));
  const std::string action(input.GetString("actionName"));
  if (!FindAction(*stage, action)) return ActionNotFound(action);
  const std::string revision(input.GetObject("actionRevision").GetString("revisionId"));
  const bool is_new = pipeline->body.GetObject("Seen").GetString(action) != revision;
  json::Object answer{{"newRevision", is_new}};
  if (!is_new) return answer;
  TL_DO(Change(context, name, [&](Progress& progress) -> Answer<void> {
    Part(progress.pipeline(), "Seen").Set(action, revision);
    const StartOrder order{.trigger_type = "PutActionRevision",
                           .trigger_detail = context.caller.arn,
                           .variables = {},
                           .sources = {}};
    TL_TRY(const std::string id, progress.Start(order));
    answer.Set("pipelineExecutionId", id);
    return {};
  }));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "PutActionRevision", .handle = PutActionRevision},
    {.name = "StartPipelineExecution", .handle = StartPipelineExecution},
    {.name = "StopPipelineExecution", .handle = StopPipelineExecution},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kExecutionOperations = kOperations;

}  // namespace trunkline::cloud::codepipeline
