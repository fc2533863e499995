// Integrations: functions, and HTTP servers of this machine.
#include <fmt/format.h>

#include "cloud/execute_api/function_uri.h"
#include "cloud/execute_api/subtype.h"
#include "cloud/services/apigatewayv2/api.h"
#include "cloud/services/apigatewayv2/deploy.h"
#include "cloud/services/apigatewayv2/families.h"
#include "cloud/services/apigatewayv2/records.h"

namespace trunkline::cloud::apigatewayv2 {
namespace {

constexpr int kShortestTimeout = 50;

Answer<void> CheckFunction(const json::Object& integration) {
  const std::string_view version = integration.GetString("PayloadFormatVersion");
  if (version != "1.0" && version != "2.0")
    return BadRequest("PayloadFormatVersion must be 1.0 or 2.0");
  const std::string_view method = integration.GetString("IntegrationMethod", "POST");
  if (method != "POST") return BadRequest("IntegrationMethod of a Lambda function must be POST");
  if (execute_api::ReadFunctionUri(integration.GetString("IntegrationUri"))) return {};
  return BadRequest("Invalid function ARN or invalid integration uri specified");
}

Answer<void> CheckHttp(const json::Object& integration) {
  const std::string_view uri = integration.GetString("IntegrationUri");
  if (!uri.starts_with("http://") && !uri.starts_with("https://"))
    return BadRequest("Invalid HTTP endpoint specified for URI");
  if (integration.GetString("IntegrationMethod").empty())
    return BadRequest("IntegrationMethod is required for HTTP_PROXY integrations");
  if (integration.GetString("PayloadFormatVersion") != "1.0")
    return BadRequest("PayloadFormatVersion of HTTP_PROXY integrations must be 1.0");
  return {};
}

Answer<void> CheckSupported(const json::Object& integration) {
  if (integration.GetString("ConnectionType", "INTERNET") != "INTERNET")
    return BadRequest(
        "VPC links are not implemented by this cloud: ConnectionType must be INTERNET");
  for (const std::string_view member : {"ContentHandlingStrategy", "PassthroughBehavior",
                                        "RequestTemplates", "TemplateSelectionExpression"}) {
    if (integration.Has(member))
      return BadRequest(fmt::format("{} is not supported for HTTP APIs", member));
  }
  return {};
}

// An action of another service, in a role.
Answer<void> CheckSubtype(const json::Object& integration) {
  const std::string_view name = integration.GetString("IntegrationSubtype");
  const execute_api::Subtype* subtype = execute_api::FindSubtype(name);
  if (!subtype)
    return BadRequest(
        fmt::format("IntegrationSubtype '{}' is not implemented by this cloud", name));
  if (integration.GetString("IntegrationType") != "AWS_PROXY")
    return BadRequest("IntegrationType must be AWS_PROXY where an IntegrationSubtype is given");
  if (integration.GetString("CredentialsArn").empty())
    return BadRequest("CredentialsArn is required where an IntegrationSubtype is given");
  if (integration.GetString("PayloadFormatVersion") != "1.0")
    return BadRequest("PayloadFormatVersion must be 1.0 where an IntegrationSubtype is given");
  const auto fault =
      execute_api::FindParameterFault(*subtype, integration.GetObject("RequestParameters"));
  if (fault) return BadRequest(*fault);
  return {};
}

Answer<void> CheckIntegration(const json::Object& integration) {
  TL_DO(CheckSupported(integration));
  const std::int64_t timeout = integration.GetInt("TimeoutInMillis", kLongestTimeout);
  if (timeout < kShortestTimeout || timeout > kLongestTimeout)
    return BadRequest(fmt::format("TimeoutInMillis should be between {} ms and {} ms",
                                  kShortestTimeout, kLongestTimeout));
  const std::string_view type = integration.GetString("IntegrationType");
  if (integration.Has("IntegrationSubtype")) return CheckSubtype(integration);
  if (type == "AWS_PROXY") return CheckFunction(integration);
  if (type == "HTTP_PROXY") return CheckHttp(integration);
  return BadRequest(
      fmt::format("IntegrationType {} is not supported for HTTP APIs: it must be AWS_PROXY or "
                  "HTTP_PROXY",
                  type));
}

void AddDefaults(json::Object& body) {
  if (!body.Has("ConnectionType")) body.Set("ConnectionType", "INTERNET");
  if (!body.Has("PayloadFormatVersion")) body.Set("PayloadFormatVersion", "1.0");
  if (!body.Has("TimeoutInMillis")) body.Set("TimeoutInMillis", kLongestTimeout);
  const bool function =
      body.GetString("IntegrationType") == "AWS_PROXY" && !body.Has("IntegrationSubtype");
  if (!body.Has("IntegrationMethod") && function) body.Set("IntegrationMethod", "POST");
}

Answer<> CreateIntegration(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input.GetString("ApiId")));
  const std::string api_id = api->id;
  json::Object body = WithoutKeys(input, {"ApiId"});
  AddDefaults(body);
  TL_DO(CheckIntegration(body));
  body = AddPart(context, kIntegration, api_id, std::move(body), input.GetString("IntegrationUri"));
  AutoDeploy(context, api_id);
  return body;
}

Answer<> UpdateIntegration(Context& context, const json::Object& input) {
  TL_TRY(const Record* integration, FindPart(context, kIntegration, input));
  const Record before = *integration;
  json::Object body = before.body;
  Merge(body, WithoutKeys(input, {"ApiId", "IntegrationId"}),
        {"RequestParameters", "ResponseParameters"});
  TL_DO(CheckIntegration(body));
  SavePart(context, kIntegration, before, body, body.GetString("IntegrationUri"));
  AutoDeploy(context, before.parent);
  return body;
}

Answer<> GetIntegration(Context& context, const json::Object& input) {
  return GetPart(context, kIntegration, input);
}

Answer<> GetIntegrations(Context& context, const json::Object& input) {
  return ListParts(context, kIntegration, input);
}

Answer<> DeleteIntegration(Context& context, const json::Object& input) {
  TL_TRY(const Record* integration, FindPart(context, kIntegration, input));
  const Record gone = *integration;
  const std::string target = fmt::format("integrations/{}", gone.id);
  for (const Record* route : context.store.List(context.RegionScope(), kRoute.kind, gone.parent)) {
    if (route->body.GetString("Target") == target) {
      return ServiceError("ConflictException",
                          fmt::format("Cannot delete Integration '{}': it is referenced by Route "
                                      "'{}'",
                                      gone.id, route->id));
    }
  }
  context.store.Delete(context.RegionScope(), kIntegration.kind, gone.id);
  AutoDeploy(context, gone.parent);
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateIntegration", .handle = CreateIntegration},
    {.name = "DeleteIntegration", .handle = DeleteIntegration},
    {.name = "GetIntegration", .handle = GetIntegration},
    {.name = "GetIntegrations", .handle = GetIntegrations},
    {.name = "UpdateIntegration", .handle = UpdateIntegration},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kIntegrationOperations = kOperations;

}  // namespace trunkline::cloud::apigatewayv2
