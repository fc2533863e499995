#include "cloud/services/codepipeline/work.h"

#include "base/json_write.h"
#include "cloud/services/codepipeline/action_types.h"
#include "cloud/services/codepipeline/artifacts.h"
#include "cloud/services/codepipeline/roles.h"
#include "cloud/services/sts/sessions.h"

namespace trunkline::cloud::codepipeline {
namespace {

constexpr std::chrono::seconds kCredentialLength = std::chrono::hours(1);

json::Object ToLocation(const json::Object& place) {
  return {{"type", "S3"},
          {"s3Location", json::Object{{"bucketName", place.GetString("bucket")},
                                      {"objectKey", place.GetString("key")}}}};
}

json::Array ToInputs(const ActionOrder& order) {
  json::Array artifacts;
  for (const json::Value& item : order.inputs) {
    const json::Object& input = item.AsObject();
    json::Object artifact{{"name", input.At("name")},
                          {"location", ToLocation(input.GetObject("s3location"))}};
    CopyMember(input, "revision", artifact);
    artifacts.emplace_back(std::move(artifact));
  }
  return artifacts;
}

// Where the worker is to put what it makes.
json::Array ChooseOutputs(const ActionOrder& order) {
  json::Array outputs;
  for (const json::Value& item : order.declaration.GetArray("outputArtifacts")) {
    const std::string name(item.AsObject().GetString("name"));
    outputs.emplace_back(json::Object{
        {"name", name},
        {"s3location",
         json::Object{{"bucket", order.store.GetString("location")},
                      {"key", NewArtifactKey(order.context.random(), order.pipeline, name)}}}});
  }
  return outputs;
}

json::Array ToWorkerOutputs(const json::Array& outputs) {
  json::Array artifacts;
  for (const json::Value& item : outputs) {
    artifacts.emplace_back(
        json::Object{{"name", item.AsObject().At("name")},
                     {"location", ToLocation(item.AsObject().GetObject("s3location"))}});
  }
  return artifacts;
}

json::Object MakeData(const ActionOrder& order, const json::Array& outputs) {
  json::Object context{
      {"pipelineName", order.pipeline},
      {"stage", json::Object{{"name", order.stage}}},
      {"action", json::Object{{"name", order.name}, {"actionExecutionId", order.id}}},
      {"pipelineArn", fmt::format("arn:aws:codepipeline:{}:{}:{}", order.context.region(),
                                  order.context.caller().account, order.pipeline)},
      {"pipelineExecutionId", order.execution}};
  json::Object data{{"actionConfiguration", json::Object{{"configuration", order.configuration}}},
                    {"pipelineContext", std::move(context)},
                    {"inputArtifacts", ToInputs(order)},
                    {"outputArtifacts", ToWorkerOutputs(outputs)}};
  CopyMember(order.declaration, "actionTypeId", data);
  CopyMember(order.store, "encryptionKey", data);
  return data;
}

std::string TypeOf(const ActionOrder& order, Kind kind) {
  if (kind.name == kRule.name) return "Rule:LambdaInvoke:1";
  return CustomTypeId(order.declaration.GetObject("actionTypeId"));
}

}  // namespace

Answer<std::string> MakeWork(const ActionOrder& order, Kind kind) {
  std::string id(order.progress.GetString("Job"));
  if (!id.empty()) return id;
  id = NewUuid(order.context.random());
  json::Array outputs = ChooseOutputs(order);
  json::Object body{
      {"Pipeline", order.pipeline},   {kind.name == kRule.name ? "Rule" : "Action", order.id},
      {"Status", "Queued"},           {"Data", MakeData(order, outputs)},
      {"Role", order.role_arn},       {"Region", order.actor.region()},
      {"Outputs", std::move(outputs)}};
  TL_DO(order.context.State([&](Context& state) -> Answer<> {
    TL_TRY(const Record* pipeline, FindPipeline(state, order.pipeline));
    body.Set("PipelineRole", DeclarationOf(*pipeline).GetString("roleArn"));
    state.store.Put(state.RegionScope(), kWork,
                    {.id = id, .parent = TypeOf(order, kind), .name = {}, .body = std::move(body)});
    return json::Object();
  }));
  json::Object progress{{"Job", id}};
  order.Keep(std::move(progress));
  return id;
}

ActionOutcome GiveToWorker(const ActionOrder& order) {
  const Answer<std::string> work = MakeWork(order, kAction);
  if (!work) return work.error();
  return ActionOutcome::Pending();
}

ActionRoles RolesOfWork(const json::Object& work) {
  return {.pipeline = work.GetString("Pipeline"),
          .pipeline_role = work.GetString("PipelineRole"),
          .action_role = work.GetString("Role")};
}

Answer<json::Object> DataOfWork(Context& context, const Record& work) {
  json::Object data = work.body.GetObject("Data");
  TL_TRY(Caller caller, ActionSession(context, RolesOfWork(work.body), work.id));
  const IssuedKey key = sts::StartSession(context, std::move(caller), kCredentialLength);
  data.Set("artifactCredentials", json::Object{{"accessKeyId", key.caller.access_key_id},
                                               {"secretAccessKey", key.secret},
                                               {"sessionToken", key.session_token}});
  return data;
}

net::aw<Answer<void>> InvokeForWork(WaitContext context, WaitContext actor, std::string work,
                                    std::string function) {
  std::string event;
  TL_CO_DO(context.State([&](Context& state) -> Answer<> {
    const Record* record = state.store.Find(state.RegionScope(), kWork, work);
    if (!record) return ServiceError("JobNotFoundException", "The job is gone");
    TL_TRY(json::Object data, DataOfWork(state, *record));
    data.Remove("actionTypeId");
    data.Remove("pipelineContext");
    event = json::Write(
        json::Object{{"CodePipeline.job", json::Object{{"id", work},
                                                       {"accountId", state.caller.account},
                                                       {"data", std::move(data)}}}});
    return json::Object();
  }));
  json::Object input{{"FunctionName", function}, {"InvocationType", "Event"}};
  input.Set("Payload", std::move(event));
  const Answer<> invoked = co_await actor.Call("lambda", "Invoke", std::move(input));
  if (invoked) co_return Answer<void>();
  if (invoked.error().code != "ResourceNotFoundException") co_return invoked.error();
  co_return ServiceError(
      "ConfigurationError",
      fmt::format("The AWS Lambda function {} cannot be found. Verify that the function exists.",
                  function));
}

}  // namespace trunkline::cloud::codepipeline
