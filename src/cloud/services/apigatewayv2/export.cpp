// Exporting HTTP APIs as OpenAPI 3 documents.
#include <algorithm>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/execute_api/address.h"
#include "cloud/services/apigatewayv2/deploy.h"
#include "cloud/services/apigatewayv2/families.h"
#include "cloud/services/apigatewayv2/records.h"
#include "cloud/services/apigatewayv2/route_key.h"

namespace trunkline::cloud::apigatewayv2 {
namespace {

// "AllowOrigins" is allowOrigins and so on.
json::Object Uncapitalised(const json::Object& members) {
  json::Object lower;
  for (const json::Member& member : members) {
    std::string name = member.key;
    if (!name.empty()) name[0] = ToLower(name.substr(0, 1))[0];
    lower.Set(name, member.value);
  }
  return lower;
}

json::Object IntegrationOf(const json::Object& integration) {
  json::Object extension = Uncapitalised(
      WithoutKeys(integration, {"IntegrationId", "IntegrationType", "IntegrationUri",
                                "IntegrationMethod", "CredentialsArn", "ApiGatewayManaged"}));
  extension.Set("type", ToLower(integration.GetString("IntegrationType")));
  extension.SetIfNotEmpty("uri", integration.GetString("IntegrationUri"));
  extension.SetIfNotEmpty("httpMethod", integration.GetString("IntegrationMethod"));
  extension.SetIfNotEmpty("credentials", integration.GetString("CredentialsArn"));
  return extension;
}

json::Object SchemeOf(const json::Object& authorizer) {
  json::Object extension =
      Uncapitalised(WithoutKeys(authorizer, {"AuthorizerId", "AuthorizerType", "Name",
                                             "JwtConfiguration", "IdentitySource"}));
  extension.Set("type", ToLower(authorizer.GetString("AuthorizerType")));
  std::vector<std::string> sources;
  for (const json::Value& one : authorizer.GetArray("IdentitySource"))
    sources.push_back(one.AsString());
  extension.Set("identitySource", Join(sources, ","));
  if (authorizer.Has("JwtConfiguration"))
    extension.Set("jwtConfiguration", Uncapitalised(authorizer.GetObject("JwtConfiguration")));
  const bool jwt = authorizer.GetString("AuthorizerType") == "JWT";
  json::Object scheme{{"type", jwt ? "oauth2" : "apiKey"}};
  if (!jwt) scheme.Set("name", "Authorization");
  if (!jwt) scheme.Set("in", "header");
  if (jwt) scheme.Set("flows", json::Object());
  scheme.Set("x-amazon-apigateway-authorizer", std::move(extension));
  return scheme;
}

json::Object OperationOf(const json::Object& route, const json::Object& snapshot, bool extensions) {
  json::Object operation;
  operation.SetIfNotEmpty("operationId", route.GetString("OperationName"));
  operation.Set("responses",
                json::Object{{"default", json::Object{{"description", "Default response"}}}});
  const json::Object& authorizer =
      snapshot.GetObject("Authorizers").GetObject(route.GetString("AuthorizerId"));
  if (!authorizer.empty()) {
    json::Object requirement;
    requirement.Set(authorizer.GetString("Name"), route.GetArray("AuthorizationScopes"));
    operation.Set("security", json::Array{std::move(requirement)});
  }
  if (!extensions) return operation;
  if (route.GetString("AuthorizationType") == "AWS_IAM")
    operation.Set("x-amazon-apigateway-auth", json::Object{{"type", "AWS_IAM"}});
  std::string_view target = route.GetString("Target");
  target.remove_prefix(std::min(target.size(), target.find('/') + 1));
  const json::Object& integration = snapshot.GetObject("Integrations").GetObject(target);
  if (!integration.empty())
    operation.Set("x-amazon-apigateway-integration", IntegrationOf(integration));
  return operation;
}

json::Object PathsOf(const json::Object& snapshot, bool extensions) {
  json::Object paths;
  for (const json::Value& one : snapshot.GetArray("Routes")) {
    const json::Object& route = one.AsObject();
    const auto key = ReadRouteKey(route.GetString("RouteKey"));
    if (!key) continue;
    const std::string path = key->path.empty() ? "/$default" : key->path;
    const bool any = key->method.empty() || key->method == "ANY";
    json::Object item = paths.GetObject(path);
    item.Set(any ? std::string("x-amazon-apigateway-any-method") : ToLower(key->method),
             OperationOf(route, snapshot, extensions));
    paths.Set(path, std::move(item));
  }
  return paths;
}

// Of a stage what is deployed, else the API as it is.
Answer<json::Object> FindSnapshot(Context& context, const json::Object& input) {
  const std::string_view api_id = input.GetString("ApiId");
  if (!input.Has("StageName")) return SnapshotOf(context, api_id);
  const Record* stage = FindPart(context, kStage, api_id, input.GetString("StageName"));
  if (!stage) return NotFound("Invalid stage identifier specified");
  const Record* deployment =
      FindPart(context, kDeployment, api_id, stage->body.GetString("DeploymentId"));
  if (!deployment) return NotFound("Invalid Deployment identifier specified");
  return deployment->body.GetObject("Snapshot");
}

Answer<> ExportApi(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindApi(context, input.GetString("ApiId")));
  const json::Object api = found->body;
  if (input.GetString("Specification") != "OAS30")
    return BadRequest("The specification must be OAS30");
  if (input.GetString("OutputType") != "JSON")
    return BadRequest("Exports are JSON in this cloud: YAML is not implemented");
  TL_TRY(const json::Object snapshot, FindSnapshot(context, input));
  const bool extensions = input.GetBool("IncludeExtensions", true);
  json::Object document{{"openapi", "3.0.1"}};
  document.Set("info", json::Object{{"title", api.GetString("Name")},
                                    {"version", api.GetString("Version", "1.0")}});
  json::Object server{{"url", execute_api::ApiUrl(context.endpoint, api.GetString("ApiId"))}};
  document.Set("servers", json::Array{std::move(server)});
  document.Set("paths", PathsOf(snapshot, extensions));
  json::Object schemes;
  for (const json::Member& one : snapshot.GetObject("Authorizers"))
    schemes.Set(one.value.AsObject().GetString("Name"), SchemeOf(one.value.AsObject()));
  if (!schemes.empty())
    document.Set("components", json::Object{{"securitySchemes", std::move(schemes)}});
  if (extensions && api.Has("CorsConfiguration"))
    document.Set("x-amazon-apigateway-cors", Uncapitalised(api.GetObject("CorsConfiguration")));
  return json::Object{{"body", json::WritePretty(json::Value(std::move(document)))}};
}

constexpr Operation kOperations[] = {
    {.name = "ExportApi", .handle = ExportApi},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kExportOperations = kOperations;

}  // namespace trunkline::cloud::apigatewayv2
