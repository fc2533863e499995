// Integrations and their responses.
#include <fmt/format.h>

#include "cloud/execute_api/function_uri.h"
#include "cloud/execute_api/service_action.h"
#include "cloud/execute_api/template.h"
#include "cloud/services/apigateway/api.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/method_place.h"

namespace trunkline::cloud::apigateway {
namespace {

constexpr int kShortestTimeout = 50;
constexpr int kLongestTimeout = 29'000;

// What cannot be read as a template would fail every request; it is told at once.
Answer<void> CheckTemplates(const json::Object& templates) {
  for (const json::Member& one : templates) {
    if (!one.value.IsString()) continue;
    const Result<void> good = execute_api::CheckTemplate(one.value.AsString());
    if (!good)
      return BadRequest(
          fmt::format("Invalid mapping template for '{}': {}", one.key, good.error().message()));
  }
  return {};
}

Answer<> PutIntegration(Context& context, const json::Object& input) {
  TL_TRY(MethodPlace place, MethodPlace::Find(context, input, true));
  json::Object body =
      WithoutKeys(input, {"restApiId", "resourceId", "httpMethod", "integrationHttpMethod"});
  body.SetIfNotEmpty("httpMethod", input.GetString("integrationHttpMethod"));
  if (!body.Has("passthroughBehavior")) body.Set("passthroughBehavior", "WHEN_NO_MATCH");
  if (!body.Has("timeoutInMillis")) body.Set("timeoutInMillis", kLongestTimeout);
  if (!body.Has("cacheNamespace")) body.Set("cacheNamespace", place.resource().id);
  if (!body.Has("cacheKeyParameters")) body.Set("cacheKeyParameters", json::Array());
  TL_DO(CheckIntegration(body));
  place.Put(context, MethodPart::kIntegration, body);
  return body;
}

Answer<> GetIntegration(Context& context, const json::Object& input) {
  return GetMethodPart(context, MethodPart::kIntegration, input);
}

Answer<> UpdateIntegration(Context& context, const json::Object& input) {
  return PatchMethodPart(
      context, MethodPart::kIntegration, "UpdateIntegration", input,
      {"cacheKeyParameters", "cacheNamespace", "connectionId", "connectionType", "contentHandling",
       "credentials", "httpMethod", "passthroughBehavior", "requestParameters", "requestTemplates",
       "timeoutInMillis", "tlsConfig", "type", "uri", "responseTransferMode"});
}

Answer<> DeleteIntegration(Context& context, const json::Object& input) {
  return DeleteMethodPart(context, MethodPart::kIntegration, input);
}

Answer<> PutIntegrationResponse(Context& context, const json::Object& input) {
  TL_TRY(MethodPlace place, MethodPlace::Find(context, input, true));
  TL_DO(place.Get(MethodPart::kIntegration));
  if (!place.Has(MethodPart::kMethodResponse))
    return NotFound("Invalid Response status code specified");
  TL_DO(CheckTemplates(input.GetObject("responseTemplates")));
  json::Object body = WithoutKeys(input, {"restApiId", "resourceId", "httpMethod"});
  place.Put(context, MethodPart::kIntegrationResponse, body);
  return body;
}

Answer<> GetIntegrationResponse(Context& context, const json::Object& input) {
  return GetMethodPart(context, MethodPart::kIntegrationResponse, input);
}

Answer<> UpdateIntegrationResponse(Context& context, const json::Object& input) {
  return PatchMethodPart(
      context, MethodPart::kIntegrationResponse, "UpdateIntegrationResponse", input,
      {"contentHandling", "responseParameters", "responseTemplates", "selectionPattern"});
}

Answer<> DeleteIntegrationResponse(Context& context, const json::Object& input) {
  return DeleteMethodPart(context, MethodPart::kIntegrationResponse, input);
}

// Functions, and Step Functions' actions; AWS reaches every service this way.
Answer<void> CheckAws(const json::Object& integration) {
  const std::string_view uri = integration.GetString("uri");
  if (!uri.starts_with("arn:aws:apigateway:"))
    return BadRequest("Invalid ARN specified in the request");
  if (execute_api::ReadActionUri(uri) && integration.GetString("type") == "AWS") {
    if (integration.GetString("credentials").empty())
      return BadRequest("Role ARN must be specified for AWS integrations");
    return {};
  }
  if (uri.find(":lambda:path/") == std::string_view::npos)
    return BadRequest(
        fmt::format("Integrations with other services than Lambda and Step Functions are not "
                    "implemented by this cloud: '{}'",
                    uri));
  if (!execute_api::ReadFunctionUri(uri)) return BadRequest("Invalid lambda function");
  if (integration.GetString("httpMethod").empty())
    return BadRequest("Enumeration value for HttpMethod must be non-empty");
  return {};
}

Answer<void> CheckHttp(const json::Object& integration) {
  const std::string_view uri = integration.GetString("uri");
  if (!uri.starts_with("http://") && !uri.starts_with("https://") &&
      !uri.starts_with("${stageVariables."))
    return BadRequest("Invalid HTTP endpoint specified for URI");
  if (integration.GetString("httpMethod").empty())
    return BadRequest("Enumeration value for HttpMethod must be non-empty");
  return {};
}

constexpr Operation kOperations[] = {
    {.name = "DeleteIntegration", .handle = DeleteIntegration},
    {.name = "DeleteIntegrationResponse", .handle = DeleteIntegrationResponse},
    {.name = "GetIntegration", .handle = GetIntegration},
    {.name = "GetIntegrationResponse", .handle = GetIntegrationResponse},
    {.name = "PutIntegration", .handle = PutIntegration},
    {.name = "PutIntegrationResponse", .handle = PutIntegrationResponse},
    {.name = "UpdateIntegration", .handle = UpdateIntegration},
    {.name = "UpdateIntegrationResponse", .handle = UpdateIntegrationResponse},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<void> CheckIntegration(const json::Object& integration) {
  if (integration.GetString("connectionType", "INTERNET") != "INTERNET")
    return BadRequest("VPC links are not implemented by this cloud");
  if (integration.GetString("responseTransferMode", "BUFFERED") != "BUFFERED")
    return BadRequest("Streamed responses are not implemented by this cloud");
  const std::int64_t timeout = integration.GetInt("timeoutInMillis", kLongestTimeout);
  if (timeout < kShortestTimeout || timeout > kLongestTimeout)
    return BadRequest(fmt::format("Timeout should be between {} ms and {} ms", kShortestTimeout,
                                  kLongestTimeout));
  TL_DO(CheckTemplates(integration.GetObject("requestTemplates")));
  const std::string_view type = integration.GetString("type");
  if (type == "AWS" || type == "AWS_PROXY") return CheckAws(integration);
  if (type == "HTTP" || type == "HTTP_PROXY") return CheckHttp(integration);
  return {};
}

constinit const Family kIntegrationOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
