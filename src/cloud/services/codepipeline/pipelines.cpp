// CreatePipeline to ListPipelines.
#include "cloud/jobs.h"
#include "cloud/services/codepipeline/declaration_check.h"
#include "cloud/services/codepipeline/families.h"
#include "cloud/services/codepipeline/paging.h"
#include "cloud/services/codepipeline/poll.h"
#include "cloud/services/codepipeline/progress.h"
#include "cloud/services/codepipeline/tag_checks.h"

namespace trunkline::cloud::codepipeline {
namespace {

constexpr std::size_t kMostPipelines = 1000;

void Complete(json::Object& action) {
  if (!action.Has("runOrder")) action.Set("runOrder", 1);
  if (!action.Has("configuration")) action.Set("configuration", json::Object());
  if (!action.Has("outputArtifacts")) action.Set("outputArtifacts", json::Array());
  if (!action.Has("inputArtifacts")) action.Set("inputArtifacts", json::Array());
}

// The declaration as GetPipeline answers it: with defaults and its version.
json::Object Completed(const json::Object& given, std::int64_t version) {
  json::Object declaration = given;
  for (json::Value& stage : PartList(declaration, "stages")) {
    for (json::Value& action : PartList(stage.AsObject(), "actions")) Complete(action.AsObject());
  }
  if (!declaration.Has("pipelineType")) declaration.Set("pipelineType", "V1");
  if (!declaration.Has("executionMode")) declaration.Set("executionMode", "SUPERSEDED");
  declaration.Set("version", version);
  return declaration;
}

void KeepVersion(Context& context, const json::Object& declaration) {
  const std::string name(declaration.GetString("name"));
  const std::int64_t version = declaration.GetInt("version");
  context.store.Put(context.RegionScope(), kVersion,
                    {.id = VersionId(name, version),
                     .parent = name,
                     .name = fmt::format("{:010}", version),
                     .body = {{"Declaration", declaration}}});
}

Answer<> CreatePipeline(Context& context, const json::Object& input) {
  const json::Object& given = input.GetObject("pipeline");
  const std::string name(given.GetString("name"));
  if (context.store.Find(context.RegionScope(), kPipeline, name)) {
    return ServiceError("PipelineNameInUseException",
                        fmt::format("A pipeline with the name '{}' already exists in account '{}'",
                                    name, context.caller.account));
  }
  if (context.store.List(context.RegionScope(), kPipeline).size() >= kMostPipelines) {
    return ServiceError(
        "LimitExceededException",
        fmt::format("An account can have at most {} pipelines in a region", kMostPipelines));
  }
  TL_DO(CheckDeclaration(context, given));
  TL_TRY(json::Array tags, JoinTags(context, {}, input.GetArray("tags")));
  const json::Object declaration = Completed(given, 1);
  KeepVersion(context, declaration);
  const json::Value now = Timestamp(context.Now());
  json::Object body{{"Declaration", declaration},
                    {"Created", now},
                    {"Updated", now},
                    {"Tags", tags},
                    {"Structure", 1}};
  context.store.Put(context.RegionScope(), kPipeline,
                    {.id = name, .parent = {}, .name = name, .body = std::move(body)});
  SchedulePoll(context, declaration);
  TL_DO(Change(context, name, [&](Progress& progress) -> Answer<void> {
    const StartOrder order{.trigger_type = "CreatePipeline",
                           .trigger_detail = context.caller.arn,
                           .variables = {},
                           .sources = {}};
    // A pipeline with a variable that has no value cannot start by itself.
    (void)progress.Start(order);
    return {};
  }));
  json::Object answer{{"pipeline", declaration}};
  if (!tags.empty()) answer.Set("tags", std::move(tags));
  return answer;
}

Answer<> GetPipeline(Context& context, const json::Object& input) {
  TL_TRY(const Record* pipeline, FindPipeline(context, input.GetString("name")));
  const json::Object* declaration = &DeclarationOf(*pipeline);
  if (input.Has("version")) {
    const Record* version = context.store.Find(context.RegionScope(), kVersion,
                                               VersionId(pipeline->id, input.GetInt("version")));
    if (!version) {
      return ServiceError("PipelineVersionNotFoundException",
                          fmt::format("Pipeline '{}' does not have a version {}", pipeline->id,
                                      input.GetInt("version")));
    }
    declaration = &version->body.GetObject("Declaration");
  }
  return json::Object{{"pipeline", *declaration},
                      {"metadata", json::Object{{"pipelineArn", PipelineArn(context, pipeline->id)},
                                                {"created", pipeline->body.At("Created")},
                                                {"updated", pipeline->body.At("Updated")}}}};
}

Answer<> UpdatePipeline(Context& context, const json::Object& input) {
  const json::Object& given = input.GetObject("pipeline");
  const std::string name(given.GetString("name"));
  const Record* found = context.store.Find(context.RegionScope(), kPipeline, name);
  if (!found) {
    return InvalidStructure(fmt::format("Account '{}' does not have a pipeline with name '{}'",
                                        context.caller.account, name));
  }
  TL_DO(CheckDeclaration(context, given));
  const json::Object before = DeclarationOf(*found);
  const json::Object declaration = Completed(given, before.GetInt("version") + 1);
  KeepVersion(context, declaration);
  SchedulePoll(context, declaration);
  TL_DO(Change(context, name, [&](Progress& progress) -> Answer<void> {
    json::Object& body = progress.pipeline();
    body.Set("Declaration", declaration);
    body.Set("Updated", Timestamp(context.Now()));
    if (declaration.At("stages") == before.At("stages")) return {};
    body.Set("Structure", body.GetInt("Structure") + 1);
    progress.Restructure();
    return {};
  }));
  return json::Object{{"pipeline", declaration}};
}

void DeleteAll(Context& context, Kind kind, std::string_view pipeline) {
  std::vector<std::string> ids;
  for (const Record* record : context.store.List(context.RegionScope(), kind, pipeline)) {
    ids.push_back(record->id);
    context.jobs.Cancel(context, record->body.GetString("Limit"));
  }
  for (const std::string& id : ids) context.store.Delete(context.RegionScope(), kind, id);
}

// What runs at this moment is let go: its result finds no pipeline.
Answer<> DeletePipeline(Context& context, const json::Object& input) {
  const std::string name(input.GetString("name"));
  std::vector<std::string> work;
  for (const Record* record : context.store.List(context.RegionScope(), kWork)) {
    if (record->body.GetString("Pipeline") == name) work.push_back(record->id);
  }
  for (const std::string& id : work) context.store.Delete(context.RegionScope(), kWork, id);
  for (const Kind kind : {kVersion, kExecution, kAction, kRule, kStart})
    DeleteAll(context, kind, name);
  context.store.Delete(context.RegionScope(), kPipeline, name);
  return json::Object();
}

Answer<> ListPipelines(Context& context, const json::Object& input) {
  TL_TRY(const RecordPage page, ListRecords(context, kPipeline, {}, input, kMostPipelines));
  json::Array pipelines;
  for (const Record* record : page.records) {
    const json::Object& declaration = DeclarationOf(*record);
    pipelines.emplace_back(json::Object{{"name", record->id},
                                        {"version", declaration.At("version")},
                                        {"pipelineType", declaration.At("pipelineType")},
                                        {"executionMode", declaration.At("executionMode")},
                                        {"created", record->body.At("Created")},
                                        {"updated", record->body.At("Updated")}});
  }
  json::Object answer{{"pipelines", std::move(pipelines)}};
  answer.SetIfNotEmpty("nextToken", page.next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "CreatePipeline", .handle = CreatePipeline},
    {.name = "DeletePipeline", .handle = DeletePipeline},
    {.name = "GetPipeline", .handle = GetPipeline},
    {.name = "ListPipelines", .handle = ListPipelines},
    {.name = "UpdatePipeline", .handle = UpdatePipeline},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPipelineOperations = kOperations;

}  // namespace trunkline::cloud::codepipeline
