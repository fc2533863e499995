// Deployments.
#include <fmt/format.h>

#include "cloud/services/apigatewayv2/deploy.h"
#include "cloud/services/apigatewayv2/families.h"
#include "cloud/services/apigatewayv2/records.h"

namespace trunkline::cloud::apigatewayv2 {
namespace {

Answer<> CreateDeployment(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input.GetString("ApiId")));
  const std::string api_id = api->id;
  if (context.store.List(context.RegionScope(), kRoute.kind, api_id).empty())
    return BadRequest("At least one route is required before deploying the API.");
  const std::string_view stage_name = input.GetString("StageName");
  const json::Object made = Deploy(context, api_id, input.GetString("Description"), false);
  const json::Object shown = WithoutKeys(made, {"Snapshot"});
  if (stage_name.empty()) return shown;
  const Record* stage = FindPart(context, kStage, api_id, stage_name);
  if (!stage) return NotFound("Invalid stage identifier specified");
  if (stage->body.GetBool("AutoDeploy"))
    return BadRequest("A stage with AutoDeploy cannot be deployed by hand");
  const Record before = *stage;
  json::Object body = before.body;
  body.Set("DeploymentId", made.GetString("DeploymentId"));
  SavePart(context, kStage, before, std::move(body), before.name);
  return shown;
}

Answer<> UpdateDeployment(Context& context, const json::Object& input) {
  TL_TRY(const Record* deployment, FindPart(context, kDeployment, input));
  const Record before = *deployment;
  json::Object body = before.body;
  Merge(body, WithoutKeys(input, {"ApiId", "DeploymentId"}), {});
  SavePart(context, kDeployment, before, std::move(body), before.name);
  return GetPart(context, kDeployment, input);
}

Answer<> GetDeployment(Context& context, const json::Object& input) {
  return GetPart(context, kDeployment, input);
}

Answer<> GetDeployments(Context& context, const json::Object& input) {
  return ListParts(context, kDeployment, input);
}

Answer<> DeleteDeployment(Context& context, const json::Object& input) {
  TL_TRY(const Record* deployment, FindPart(context, kDeployment, input));
  const Record gone = *deployment;
  for (const Record* stage : context.store.List(context.RegionScope(), kStage.kind, gone.parent)) {
    if (stage->body.GetString("DeploymentId") == gone.id) {
      return BadRequest("Active stages pointing to this deployment must be moved or deleted");
    }
  }
  context.store.Delete(context.RegionScope(), kDeployment.kind, gone.id);
  return json::Object();
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

constinit const Family kDeploymentOperations = kOperations;

}  // namespace trunkline::cloud::apigatewayv2
