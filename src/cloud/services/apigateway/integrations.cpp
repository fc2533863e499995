// Integrations and their responses.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cloud/execute_api/function_uri.h"
#include "cloud/execute_api/service_uri.h"
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
  const bool http = input.GetString("type").starts_with("HTTP");
  if (http && !body.Has("connectionType")) body.Set("connectionType", "INTERNET");
  TL_DO(CheckIntegration(body));
  place.Put(context, MethodPart::kIntegration, body);
  return body;
}

Answer<> GetIntegration(Context& context, const json::Object& input) {
  return GetMethodPart(context, MethodPart::kIntegration, input);
}

constexpr std::string_view kChange = "add, remove, replace";
constexpr PatchRow kRows[] = {
    {.path = "/cacheKeyParameters", .ops = kChange},
    {.path = "/cacheKeyParameters/*", .ops = kChange},
    {.path = "/cacheNamespace"},
    {.path = "/connectionId"},
    {.path = "/connectionType"},
    {.path = "/contentHandling"},
    {.path = "/credentials", .ops = kChange},
    {.path = "/httpMethod"},
    {.path = "/passthroughBehavior"},
    {.path = "/requestParameters/*", .ops = kChange},
    {.path = "/requestTemplates/*", .ops = kChange},
    {.path = "/responseTransferMode"},
    {.path = "/timeoutInMillis"},
    {.path = "/tlsConfig/insecureSkipVerification"},
    {.path = "/type"},
    {.path = "/uri"},
};
constexpr PatchTable kTable{.operation = "UpdateIntegration", .rows = kRows};

constexpr PatchRow kResponseRows[] = {
    {.path = "/contentHandling"},
    {.path = "/responseParameters/*", .ops = kChange},
    {.path = "/responseTemplates/*", .ops = kChange},
    {.path = "/selectionPattern"},
};
constexpr PatchTable kResponseTable{.operation = "UpdateIntegrationResponse",
                                    .rows = kResponseRows};

Answer<> UpdateIntegration(Context& context, const json::Object& input) {
  return PatchMethodPart(context, MethodPart::kIntegration, kTable, input);
}

Answer<> DeleteIntegration(Context& context, const json::Object& input) {
  return DeleteMethodPart(context, MethodPart::kIntegration, input);
}

Answer<> PutIntegrationResponse(Context& context, const json::Object& input) {
  TL_TRY(MethodPlace place, MethodPlace::Find(context, input, true));
  TL_DO(place.Get(MethodPart::kIntegration));
  json::Object body = WithoutKeys(input, {"restApiId", "resourceId", "httpMethod"});
  TL_DO(CheckIntegrationResponse(body));
  place.Put(context, MethodPart::kIntegrationResponse, body);
  return body;
}

Answer<> GetIntegrationResponse(Context& context, const json::Object& input) {
  return GetMethodPart(context, MethodPart::kIntegrationResponse, input);
}

Answer<> UpdateIntegrationResponse(Context& context, const json::Object& input) {
  return PatchMethodPart(context, MethodPart::kIntegrationResponse, kResponseTable, input);
}

Answer<> DeleteIntegrationResponse(Context& context, const json::Object& input) {
  return DeleteMethodPart(context, MethodPart::kIntegrationResponse, input);
}

// "'text'", or a part of the request.
bool IsMapping(std::string_view value) {
  if (value.size() > 1 && value.front() == '\'' && value.back() == '\'') return true;
  constexpr std::array<std::string_view, 8> kPrefixes = {"context.",
                                                         "method.request.body",
                                                         "method.request.header.",
                                                         "method.request.multivalueheader.",
                                                         "method.request.multivaluequerystring.",
                                                         "method.request.path.",
                                                         "method.request.querystring.",
                                                         "stageVariables."};
  return std::ranges::any_of(
      kPrefixes, [value](std::string_view prefix) { return value.starts_with(prefix); });
}

Answer<void> CheckMappings(const json::Object& parameters) {
  for (const json::Member& one : parameters) {
    if (one.value.IsString() && IsMapping(one.value.AsString())) continue;
    return BadRequest(
        fmt::format("Invalid mapping expression specified: Validation Result: warnings : [], "
                    "errors : [Invalid mapping expression specified: {}]",
                    one.value.IsString() ? one.value.AsString() : std::string()));
  }
  return {};
}

// A function, or any service in a role.
Answer<void> CheckAws(const json::Object& integration) {
  const std::string_view uri = integration.GetString("uri");
  if (!uri.starts_with("arn:")) return BadRequest("Invalid ARN specified in the request");
  const auto service = execute_api::ReadServiceUri(uri);
  if (!service) return BadRequest("AWS ARN for integration must contain path or action");
  const bool function = service->service == "lambda" && !service->action;
  if (function) {
    if (execute_api::ReadFunctionUri(uri)) return {};
    return BadRequest("Invalid lambda function");
  }
  if (integration.GetString("type") == "AWS_PROXY") {
    return BadRequest(
        "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose "
        "stream invocations.");
  }
  if (integration.GetString("credentials").empty())
    return BadRequest("Role ARN must be specified for AWS integrations");
  return {};
}

Answer<void> CheckHttp(const json::Object& integration) {
  const std::string_view uri = integration.GetString("uri");
  if (uri.starts_with("http://") || uri.starts_with("https://") ||
      uri.starts_with("${stageVariables."))
    return {};
  return BadRequest("Invalid HTTP endpoint specified for URI");
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
  if (integration.GetString("responseTransferMode", "BUFFERED") != "BUFFERED")
    return BadRequest("Streamed responses are not implemented by this cloud");
  const std::int64_t timeout = integration.GetInt("timeoutInMillis", kLongestTimeout);
  if (timeout < kShortestTimeout || timeout > kLongestTimeout)
    return BadRequest(fmt::format("Timeout should be between {} ms and {} ms", kShortestTimeout,
                                  kLongestTimeout));
  TL_DO(CheckTemplates(integration.GetObject("requestTemplates")));
  TL_DO(CheckMappings(integration.GetObject("requestParameters")));
  const std::string_view type = integration.GetString("type");
  if (type != "MOCK" && integration.GetString("httpMethod").empty())
    return BadRequest("Enumeration value for HttpMethod must be non-empty");
  if (type == "AWS" || type == "AWS_PROXY") return CheckAws(integration);
  if (type == "HTTP" || type == "HTTP_PROXY") return CheckHttp(integration);
  return {};
}

Answer<void> CheckIntegrationResponse(const json::Object& response) {
  for (const json::Member& one : response.GetObject("responseTemplates")) {
    if (one.key.find('/') == std::string::npos) {
      return BadRequest(fmt::format(
          "Validation Result: warnings : [], errors : [Invalid content type specified: {}]",
          one.key));
    }
  }
  return CheckTemplates(response.GetObject("responseTemplates"));
}

constinit const Family kIntegrationOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
