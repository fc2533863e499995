// Deployments: snapshots of an API, which is what the clients of a stage meet.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/apigateway/api.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"
#include "cloud/services/apigateway/stages.h"

namespace trunkline::cloud::apigateway {
namespace {

json::Object PartsByName(Context& context, const Part& part, std::string_view api_id) {
  json::Object parts;
  for (const Record* one : context.store.List(context.RegionScope(), part.kind, api_id))
    parts.Set(one->body.GetString(part.shown), one->body);
  return parts;
}

// Every method needs an integration, and an API a method.
Answer<void> CheckDeployable(const json::Array& resources) {
  bool any = false;
  for (const json::Value& resource : resources) {
    for (const json::Member& method : resource.AsObject().GetObject("resourceMethods")) {
      any = true;
      if (!method.value.AsObject().Has("methodIntegration"))
        return BadRequest("No integration defined for method");
    }
  }
  if (any) return {};
  return BadRequest("The REST API doesn't contain any methods");
}

json::Object Summary(const json::Object& snapshot) {
  json::Object summary;
  for (const json::Value& one : snapshot.GetArray("resources")) {
    json::Object methods;
    for (const json::Member& method : one.AsObject().GetObject("resourceMethods")) {
      const json::Object& body = method.value.AsObject();
      methods.Set(method.key,
                  json::Object{{"authorizationType", body.GetString("authorizationType")},
                               {"apiKeyRequired", body.GetBool("apiKeyRequired")}});
    }
    if (!methods.empty()) summary.Set(one.AsObject().GetString("path"), std::move(methods));
  }
  return summary;
}

Answer<> CreateDeployment(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindApi(context, input));
  const Record api = *found;
  if (input.Has("canarySettings"))
    return BadRequest("Canary deployments are not implemented by this cloud");
  TL_TRY(json::Object made, Deploy(context, api, input.GetString("description")));
  const std::string_view name = input.GetString("stageName");
  if (name.empty()) return made;
  json::Object stage{
      {"restApiId", api.id}, {"stageName", name}, {"deploymentId", made.GetString("id")}};
  stage.SetIfNotEmpty("description", input.GetString("stageDescription"));
  for (const std::string_view member :
       {"cacheClusterEnabled", "cacheClusterSize", "variables", "tracingEnabled"}) {
    if (const json::Value* value = input.Find(member)) stage.Set(member, *value);
  }
  TL_DO(PutStage(context, stage));
  return made;
}

Answer<> GetDeployment(Context& context, const json::Object& input) {
  TL_TRY(const Record* deployment, FindPart(context, kDeployment, input));
  json::Object shown = WithoutKeys(deployment->body, {"snapshot"});
  const json::Array& embed = input.GetArray("embed");
  if (std::ranges::find(embed, json::Value("apisummary")) != embed.end())
    shown.Set("apiSummary", Summary(deployment->body.GetObject("snapshot")));
  return shown;
}

Answer<> GetDeployments(Context& context, const json::Object& input) {
  return ListParts(context, kDeployment, input);
}

Answer<> UpdateDeployment(Context& context, const json::Object& input) {
  TL_TRY(const Record* deployment, FindPart(context, kDeployment, input));
  const Record before = *deployment;
  json::Object body = before.body;
  TL_DO(Patch(context, "UpdateDeployment", input, {"description"}, body));
  SavePart(context, kDeployment, before.parent, body, before.name);
  return WithoutKeys(body, {"snapshot"});
}

Answer<> DeleteDeployment(Context& context, const json::Object& input) {
  TL_TRY(const Record* deployment, FindPart(context, kDeployment, input));
  for (const Record* stage :
       context.store.List(context.RegionScope(), kStage.kind, deployment->parent)) {
    if (stage->body.GetString("deploymentId") == deployment->id)
      return BadRequest("Active stages pointing to this deployment must be moved or deleted");
  }
  return DeletePart(context, kDeployment, input);
}

constexpr Operation kOperations[] = {
    {.name = "CreateDeployment", .handle = CreateDeployment},
    {.name = "DeleteDeployment", .handle = DeleteDeployment},
    {.name = "GetDeployment", .handle = GetDeployment},
    {.name = "GetDeployments", .handle = GetDeployments},
    {.name = "UpdateDeployment", .handle = UpdateDeployment},
};
static_assert(InOrder(kOperations));

}  // namespace

json::Object SnapshotOf(Context& context, const Record& api) {
  json::Object snapshot{{"api", api.body}};
  json::Array resources;
  for (const Record* one : context.store.List(context.RegionScope(), kResource.kind, api.id))
    resources.emplace_back(one->body);
  snapshot.Set("resources", std::move(resources));
  snapshot.Set("authorizers", PartsByName(context, kAuthorizer, api.id));
  snapshot.Set("validators", PartsByName(context, kValidator, api.id));
  snapshot.Set("models", PartsByName(context, kModel, api.id));
  snapshot.Set("gatewayResponses", PartsByName(context, kGatewayResponse, api.id));
  return snapshot;
}

Answer<json::Object> Deploy(Context& context, const Record& api, std::string_view description) {
  json::Object snapshot = SnapshotOf(context, api);
  TL_DO(CheckDeployable(snapshot.GetArray("resources")));
  json::Object body{{"id", NewPartId(context)}, {"createdDate", Time(context.Now())}};
  body.SetIfNotEmpty("description", description);
  json::Object shown = body;
  body.Set("snapshot", std::move(snapshot));
  SavePart(context, kDeployment, api.id, std::move(body), EpochSeconds(context.Now()));
  return shown;
}

constinit const Family kDeploymentOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
