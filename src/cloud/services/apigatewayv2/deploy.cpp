#include "cloud/services/apigatewayv2/deploy.h"

#include <algorithm>

#include "cloud/services/apigatewayv2/records.h"

namespace trunkline::cloud::apigatewayv2 {
namespace {

json::Object PartsById(Context& context, const Part& part, std::string_view api_id) {
  json::Object parts;
  for (const Record* one : context.store.List(context.RegionScope(), part.kind, api_id))
    parts.Set(one->id, one->body);
  return parts;
}

// Only those that were made by the way and that nothing names.
void DropUnused(Context& context, std::string_view api_id) {
  std::vector<std::string> used;
  for (const Record* stage : context.store.List(context.RegionScope(), kStage.kind, api_id))
    used.emplace_back(stage->body.GetString("DeploymentId"));
  std::vector<std::string> unused;
  for (const Record* one : context.store.List(context.RegionScope(), kDeployment.kind, api_id)) {
    if (one->body.GetBool("AutoDeployed") && std::ranges::find(used, one->id) == used.end())
      unused.push_back(one->id);
  }
  for (const std::string& id : unused)
    context.store.Delete(context.RegionScope(), kDeployment.kind, id);
}

}  // namespace

json::Object SnapshotOf(Context& context, std::string_view api_id) {
  json::Object snapshot;
  json::Array routes;
  for (const Record* one : context.store.List(context.RegionScope(), kRoute.kind, api_id))
    routes.emplace_back(one->body);
  snapshot.Set("Routes", std::move(routes));
  snapshot.Set("Integrations", PartsById(context, kIntegration, api_id));
  snapshot.Set("Authorizers", PartsById(context, kAuthorizer, api_id));
  return snapshot;
}

json::Object Deploy(Context& context, std::string_view api_id, std::string_view description,
                    bool automatic) {
  json::Object body{{"AutoDeployed", automatic},
                    {"CreatedDate", json::Number{EpochSeconds(context.Now())}},
                    {"DeploymentStatus", "DEPLOYED"},
                    {"Snapshot", SnapshotOf(context, api_id)}};
  body.SetIfNotEmpty("Description", description);
  const std::string name = EpochSeconds(context.Now());
  return AddPart(context, kDeployment, api_id, std::move(body), name);
}

void AutoDeploy(Context& context, std::string_view api_id) {
  std::vector<Record> stages;
  for (const Record* one : context.store.List(context.RegionScope(), kStage.kind, api_id)) {
    if (one->body.GetBool("AutoDeploy")) stages.push_back(*one);
  }
  if (stages.empty()) return;
  const json::Object made = Deploy(
      context, api_id, "Automatic deployment triggered by changes to the Api configuration", true);
  for (const Record& stage : stages) {
    json::Object body = stage.body;
    body.Set("DeploymentId", made.GetString("DeploymentId"));
    body.Set("LastDeploymentStatusMessage", "Successfully deployed stage with deployment ID '" +
                                                std::string(made.GetString("DeploymentId")) + "'");
    body.Set("LastUpdatedDate", json::Number{EpochSeconds(context.Now())});
    SavePart(context, kStage, stage, std::move(body), stage.name);
  }
  DropUnused(context, api_id);
}

}  // namespace trunkline::cloud::apigatewayv2
