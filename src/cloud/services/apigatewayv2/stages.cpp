// Stages.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/services/apigatewayv2/api.h"
#include "cloud/services/apigatewayv2/deploy.h"
#include "cloud/services/apigatewayv2/families.h"
#include "cloud/services/apigatewayv2/records.h"

namespace trunkline::cloud::apigatewayv2 {
namespace {

bool IsStageName(std::string_view name) {
  constexpr std::size_t kLongest = 128;
  if (name == "$default") return true;
  return !name.empty() && name.size() <= kLongest && std::ranges::all_of(name, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  });
}

Answer<void> CheckVariables(const json::Object& variables) {
  for (const json::Member& variable : variables) {
    const bool named = std::ranges::all_of(variable.key, [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    });
    if (variable.key.empty() || !named)
      return BadRequest(fmt::format("Invalid stage variable name: {}", variable.key));
  }
  return {};
}

Answer<void> CheckAccessLog(const json::Object& settings) {
  if (settings.empty()) return {};
  const auto arn = ParseArn(settings.GetString("DestinationArn"));
  if (!arn || settings.GetString("Format").empty())
    return BadRequest("AccessLogSettings needs DestinationArn and Format");
  if (arn->service == "logs" && arn->resource.starts_with("log-group:")) return {};
  return BadRequest(
      "Access logs go to log groups only in this cloud: expected DestinationArn to be the ARN of "
      "one");
}

Answer<void> CheckStage(Context& context, std::string_view api_id, const json::Object& stage,
                        const json::Object& input) {
  TL_DO(CheckVariables(stage.GetObject("StageVariables")));
  TL_DO(CheckAccessLog(stage.GetObject("AccessLogSettings")));
  if (input.Has("ClientCertificateId"))
    return BadRequest("ClientCertificateId is not supported for HTTP APIs");
  if (!input.Has("DeploymentId")) return {};
  if (stage.GetBool("AutoDeploy"))
    return BadRequest("A deployment cannot be specified for a stage with AutoDeploy");
  if (FindPart(context, kDeployment, api_id, input.GetString("DeploymentId"))) return {};
  return NotFound("Invalid Deployment identifier specified");
}

Answer<> CreateStage(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input.GetString("ApiId")));
  const std::string api_id = api->id;
  const std::string_view name = input.GetString("StageName");
  if (!IsStageName(name))
    return BadRequest(
        "Stage name only allows a-zA-Z0-9_- characters, hyphens and underscores, or is $default");
  if (FindPart(context, kStage, api_id, name))
    return ServiceError("ConflictException", "Stage already exists");
  json::Object body = NewStage(context);
  Merge(body, WithoutKeys(input, {"ApiId"}), {"DefaultRouteSettings"});
  TL_DO(CheckStage(context, api_id, body, input));
  AddPart(context, kStage, api_id, std::move(body), name);
  if (input.GetBool("AutoDeploy")) AutoDeploy(context, api_id);
  return GetPart(context, kStage, input);
}

Answer<> UpdateStage(Context& context, const json::Object& input) {
  TL_TRY(const Record* stage, FindPart(context, kStage, input));
  const Record before = *stage;
  json::Object body = before.body;
  Merge(body, WithoutKeys(input, {"ApiId", "StageName"}),
        {"StageVariables", "RouteSettings", "DefaultRouteSettings"});
  TL_DO(CheckStage(context, before.parent, body, input));
  body.Set("LastUpdatedDate", json::Number{EpochSeconds(context.Now())});
  const bool starts = body.GetBool("AutoDeploy") && !before.body.GetBool("AutoDeploy");
  SavePart(context, kStage, before, std::move(body), before.name);
  if (starts) AutoDeploy(context, before.parent);
  return GetPart(context, kStage, input);
}

Answer<> GetStage(Context& context, const json::Object& input) {
  return GetPart(context, kStage, input);
}

Answer<> GetStages(Context& context, const json::Object& input) {
  return ListParts(context, kStage, input);
}

Answer<> DeleteStage(Context& context, const json::Object& input) {
  TL_TRY(const Record* stage, FindPart(context, kStage, input));
  context.store.Delete(context.RegionScope(), kStage.kind, std::string(stage->id));
  return json::Object();
}

Answer<> DeleteAccessLogSettings(Context& context, const json::Object& input) {
  TL_TRY(const Record* stage, FindPart(context, kStage, input));
  const Record before = *stage;
  json::Object body = before.body;
  body.Remove("AccessLogSettings");
  SavePart(context, kStage, before, std::move(body), before.name);
  return json::Object();
}

Answer<> DeleteRouteSettings(Context& context, const json::Object& input) {
  TL_TRY(const Record* stage, FindPart(context, kStage, input));
  const Record before = *stage;
  json::Object body = before.body;
  json::Object settings = body.GetObject("RouteSettings");
  if (!settings.Remove(input.GetString("RouteKey")))
    return NotFound(fmt::format("There are no settings of route {}", input.GetString("RouteKey")));
  body.Set("RouteSettings", std::move(settings));
  SavePart(context, kStage, before, std::move(body), before.name);
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateStage", .handle = CreateStage},
    {.name = "DeleteAccessLogSettings", .handle = DeleteAccessLogSettings},
    {.name = "DeleteRouteSettings", .handle = DeleteRouteSettings},
    {.name = "DeleteStage", .handle = DeleteStage},
    {.name = "GetStage", .handle = GetStage},
    {.name = "GetStages", .handle = GetStages},
    {.name = "UpdateStage", .handle = UpdateStage},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kStageOperations = kOperations;

}  // namespace trunkline::cloud::apigatewayv2
