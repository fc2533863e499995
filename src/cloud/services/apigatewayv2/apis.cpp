// HTTP APIs: creating (also with a target, which makes a route and a stage at once), changing,
// deleting.
#include <fmt/format.h>

#include "base/text.h"
#include "cloud/execute_api/address.h"
#include "cloud/execute_api/tags.h"
#include "cloud/services/apigatewayv2/api.h"
#include "cloud/services/apigatewayv2/deploy.h"
#include "cloud/services/apigatewayv2/families.h"
#include "cloud/services/apigatewayv2/records.h"
#include "cloud/services/apigatewayv2/route_key.h"

namespace trunkline::cloud::apigatewayv2 {
namespace {

constexpr std::size_t kApiIdLength = 10;
constexpr std::size_t kLongestName = 128;
constexpr std::string_view kSelection = "$request.method $request.path";
constexpr std::string_view kSelectionInBraces = "${request.method} ${request.path}";
constexpr std::string_view kKeySelection = "$request.header.x-api-key";

Answer<void> CheckApi(const json::Object& input) {
  TL_DO(CheckLength(input, "Name", kLongestName));
  const std::string_view selection = input.GetString("RouteSelectionExpression", kSelection);
  if (selection != kSelection && selection != kSelectionInBraces)
    return BadRequest(
        "The route selection expression of an HTTP API must be ${request.method} ${request.path}");
  const json::Object& cors = input.GetObject("CorsConfiguration");
  if (!cors.GetBool("AllowCredentials")) return {};
  for (const json::Value& origin : cors.GetArray("AllowOrigins")) {
    if (origin == json::Value("*"))
      return BadRequest("AllowCredentials is not supported with AllowOrigins '*'");
  }
  return {};
}

json::Object IntegrationOf(std::string_view target, std::string_view credentials) {
  const bool function = target.starts_with("arn:");
  json::Object integration{{"ApiGatewayManaged", true},
                           {"ConnectionType", "INTERNET"},
                           {"IntegrationType", function ? "AWS_PROXY" : "HTTP_PROXY"},
                           {"IntegrationMethod", function ? "POST" : "ANY"},
                           {"IntegrationUri", target},
                           {"PayloadFormatVersion", function ? "2.0" : "1.0"},
                           {"TimeoutInMillis", kLongestTimeout}};
  integration.SetIfNotEmpty("CredentialsArn", credentials);
  return integration;
}

// What a target makes beside the API.
Answer<void> QuickCreate(Context& context, std::string_view api_id, const json::Object& input) {
  const std::string_view target = input.GetString("Target");
  if (target.empty()) {
    if (input.Has("RouteKey") || input.Has("CredentialsArn"))
      return BadRequest("A target is required when a route key or credentials are specified");
    return {};
  }
  const std::string_view key = input.GetString("RouteKey", "$default");
  if (!ReadRouteKey(key)) return BadRequest(kWrongRouteKey);
  const json::Object integration =
      AddPart(context, kIntegration, api_id,
              IntegrationOf(target, input.GetString("CredentialsArn")), target);
  json::Object route{{"ApiGatewayManaged", true},
                     {"ApiKeyRequired", false},
                     {"AuthorizationType", "NONE"},
                     {"RouteKey", key}};
  route.Set("Target", fmt::format("integrations/{}", integration.GetString("IntegrationId")));
  AddPart(context, kRoute, api_id, std::move(route), key);
  json::Object stage = NewStage(context);
  stage.Set("StageName", "$default");
  stage.Set("ApiGatewayManaged", true);
  stage.Set("AutoDeploy", true);
  AddPart(context, kStage, api_id, std::move(stage), "$default");
  AutoDeploy(context, api_id);
  return {};
}

Answer<> CreateApi(Context& context, const json::Object& input) {
  if (input.GetString("ProtocolType") != "HTTP")
    return BadRequest(
        "WebSocket APIs are not implemented by this cloud: ProtocolType must be HTTP");
  TL_DO(CheckApi(input));
  TL_DO(execute_api::CheckTags(input.GetObject("Tags")));
  json::Object body = WithoutKeys(input, {"Target", "RouteKey", "CredentialsArn", "Tags"});
  const std::string id = execute_api::NewId(context.random, kApiIdLength);
  body.Set("ApiId", id);
  body.Set("CreatedDate", json::Number{EpochSeconds(context.Now())});
  body.Set("RouteSelectionExpression", kSelection);
  if (!body.Has("ApiKeySelectionExpression")) body.Set("ApiKeySelectionExpression", kKeySelection);
  if (!body.Has("DisableExecuteApiEndpoint")) body.Set("DisableExecuteApiEndpoint", false);
  if (!body.Has("IpAddressType")) body.Set("IpAddressType", "ipv4");
  body.Set("Tags", input.GetObject("Tags"));
  const std::string name(input.GetString("Name"));
  context.store.Put(context.RegionScope(), kApi,
                    {.id = id, .parent = "", .name = name, .body = body});
  execute_api::KeepAddress(context, id, "HTTP");
  TL_DO(QuickCreate(context, id, input));
  return ShowApi(context, body);
}

// The integration and the route that the API was created with.
const Record* ManagedPart(Context& context, const Part& part, std::string_view api_id) {
  for (const Record* one : context.store.List(context.RegionScope(), part.kind, api_id)) {
    if (one->body.GetBool("ApiGatewayManaged")) return one;
  }
  return nullptr;
}

Answer<void> UpdateQuick(Context& context, std::string_view api_id, const json::Object& input) {
  if (!input.Has("Target") && !input.Has("RouteKey") && !input.Has("CredentialsArn")) return {};
  const Record* integration = ManagedPart(context, kIntegration, api_id);
  const Record* route = ManagedPart(context, kRoute, api_id);
  if (!integration || !route)
    return BadRequest(
        "Target, RouteKey and CredentialsArn can only be changed of an API that was created with a "
        "target");
  json::Object changed = integration->body;
  if (input.Has("Target"))
    Merge(changed, IntegrationOf(input.GetString("Target"), input.GetString("CredentialsArn")), {});
  if (input.Has("CredentialsArn")) changed.Set("CredentialsArn", input.GetString("CredentialsArn"));
  SavePart(context, kIntegration, *integration, std::move(changed), integration->name);
  const std::string key(input.GetString("RouteKey", route->name));
  if (!ReadRouteKey(key)) return BadRequest(kWrongRouteKey);
  json::Object moved = route->body;
  moved.Set("RouteKey", key);
  SavePart(context, kRoute, *route, std::move(moved), key);
  return {};
}

Answer<> UpdateApi(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input.GetString("ApiId")));
  TL_DO(CheckApi(input));
  Record changed = *api;
  Merge(changed.body, WithoutKeys(input, {"ApiId", "Target", "RouteKey", "CredentialsArn"}), {});
  changed.name = changed.body.GetString("Name");
  const json::Object body = changed.body;
  context.store.Put(context.RegionScope(), kApi, changed);
  TL_DO(UpdateQuick(context, changed.id, input));
  AutoDeploy(context, changed.id);
  return ShowApi(context, body);
}

Answer<> GetApi(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input.GetString("ApiId")));
  return ShowApi(context, api->body);
}

Answer<> GetApis(Context& context, const json::Object& input) {
  return ListRecords(context, kApi, {}, input, ShowApi);
}

Answer<> DeleteApi(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input.GetString("ApiId")));
  const std::string id = api->id;
  DropParts(context, id);
  context.store.Delete(context.RegionScope(), kApi, id);
  execute_api::ForgetAddress(context, id);
  return json::Object();
}

Answer<> DeleteCorsConfiguration(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input.GetString("ApiId")));
  Record changed = *api;
  changed.body.Remove("CorsConfiguration");
  context.store.Put(context.RegionScope(), kApi, std::move(changed));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateApi", .handle = CreateApi},
    {.name = "DeleteApi", .handle = DeleteApi},
    {.name = "DeleteCorsConfiguration", .handle = DeleteCorsConfiguration},
    {.name = "GetApi", .handle = GetApi},
    {.name = "GetApis", .handle = GetApis},
    {.name = "UpdateApi", .handle = UpdateApi},
};
static_assert(InOrder(kOperations));

}  // namespace

json::Object ShowApi(const Context& context, const json::Object& body) {
  json::Object shown = body;
  shown.Set("ApiEndpoint", execute_api::ApiUrl(context.endpoint, body.GetString("ApiId")));
  return shown;
}

void DropParts(Context& context, std::string_view api_id) {
  for (const Part* part : {&kRoute, &kIntegration, &kAuthorizer, &kDeployment, &kStage})
    DeleteParts(context, *part, api_id);
}

json::Object NewStage(const Context& context) {
  const json::Number now{EpochSeconds(context.Now())};
  return {{"CreatedDate", now},
          {"LastUpdatedDate", now},
          {"DefaultRouteSettings", json::Object{{"DetailedMetricsEnabled", false}}},
          {"RouteSettings", json::Object()},
          {"StageVariables", json::Object()},
          {"Tags", json::Object()}};
}

constinit const Family kApiOperations = kOperations;

}  // namespace trunkline::cloud::apigatewayv2
