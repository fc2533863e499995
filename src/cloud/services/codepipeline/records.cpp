#include "cloud/services/codepipeline/records.h"

#include <limits>

namespace trunkline::cloud::codepipeline {
namespace {

const json::Object* FindNamed(const json::Array& items, std::string_view name) {
  for (const json::Value& item : items) {
    if (item.AsObject().GetString("name") == name) return &item.AsObject();
  }
  return nullptr;
}

}  // namespace

Answer<const Record*> FindPipeline(Context& context, std::string_view name) {
  const Record* record = context.store.Find(context.RegionScope(), kPipeline, name);
  if (record) return record;
  return ServiceError("PipelineNotFoundException",
                      fmt::format("Account '{}' does not have a pipeline with name '{}'",
                                  context.caller.account, name));
}

const json::Object& DeclarationOf(const Record& pipeline) {
  return pipeline.body.GetObject("Declaration");
}

std::string VersionId(std::string_view pipeline, std::int64_t version) {
  return fmt::format("{}:{}", pipeline, version);
}

Answer<const Record*> FindExecution(Context& context, std::string_view pipeline,
                                    std::string_view id) {
  const Record* record = context.store.Find(context.RegionScope(), kExecution, id);
  if (record && record->parent == pipeline) return record;
  return ServiceError(
      "PipelineExecutionNotFoundException",
      fmt::format("The pipeline {} does not have an execution with id {}.", pipeline, id));
}

const json::Object* FindStage(const json::Object& declaration, std::string_view name) {
  return FindNamed(declaration.GetArray("stages"), name);
}

const json::Object* FindAction(const json::Object& stage, std::string_view name) {
  return FindNamed(stage.GetArray("actions"), name);
}

ServiceError StageNotFound(std::string_view pipeline, std::string_view stage) {
  return {"StageNotFoundException",
          fmt::format("Stage with name '{}' could not be found in pipeline '{}'", stage, pipeline)};
}

ServiceError ActionNotFound(std::string_view action) {
  return {"ActionNotFoundException",
          fmt::format("Action with name '{}' could not be found", action)};
}

ServiceError ValidationError(std::string_view message) {
  return {"ValidationException", message};
}

std::string PipelineArn(const Context& context, std::string_view name) {
  return fmt::format("arn:aws:codepipeline:{}:{}:{}", context.region, context.caller.account, name);
}

std::string NewestFirst(std::int64_t sequence) {
  return fmt::format("{:019}", std::numeric_limits<std::int64_t>::max() - sequence);
}

json::Value Timestamp(TimePoint time) {
  return json::Number{EpochSeconds(time)};
}

json::Object& Part(json::Object& object, std::string_view key) {
  json::Value& value = object[key];
  if (!value.IsObject()) value = json::Object();
  return value.AsObject();
}

json::Array& PartList(json::Object& object, std::string_view key) {
  json::Value& value = object[key];
  if (!value.IsArray()) value = json::Array();
  return value.AsArray();
}

void CopyMember(const json::Object& from, std::string_view key, json::Object& to,
                std::string_view as) {
  if (const json::Value* value = from.Find(key)) to.Set(as.empty() ? key : as, *value);
}

}  // namespace trunkline::cloud::codepipeline
