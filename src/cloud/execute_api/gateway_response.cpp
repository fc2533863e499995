#include "cloud/execute_api/gateway_response.h"

#include <algorithm>
#include <array>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/execute_api/variables.h"

namespace trunkline::cloud::execute_api {
namespace {

// Statuses and messages as documented and seen.
constexpr std::array<GatewayResponseKind, 21> kKinds = {{
    {"ACCESS_DENIED", 403, "Forbidden", "AccessDeniedException"},
    {"API_CONFIGURATION_ERROR", 500, "Internal server error", "InternalServerErrorException"},
    {"AUTHORIZER_CONFIGURATION_ERROR", 500, "", "AuthorizerConfigurationException"},
    {"AUTHORIZER_FAILURE", 500, "", "AuthorizerConfigurationException"},
    {"BAD_REQUEST_BODY", 400, "Invalid request body", "BadRequestException"},
    {"BAD_REQUEST_PARAMETERS", 400, "Missing required request parameters", "BadRequestException"},
    {"DEFAULT_4XX", 0, "", ""},
    {"DEFAULT_5XX", 0, "", ""},
    {"EXPIRED_TOKEN", 403, "The security token included in the request is expired",
     "ExpiredTokenException"},
    {"INTEGRATION_FAILURE", 504, "Network error communicating with endpoint",
     "InternalServerErrorException"},
    {"INTEGRATION_TIMEOUT", 504, "Endpoint request timed out", "InternalServerErrorException"},
    {"INVALID_API_KEY", 403, "Forbidden", "ForbiddenException"},
    {"INVALID_SIGNATURE", 403,
     "The request signature we calculated does not match the signature "
     "you provided. Check your AWS Secret Access Key and signing method. "
     "Consult the service documentation for details.",
     "InvalidSignatureException"},
    {"MISSING_AUTHENTICATION_TOKEN", 403, "Missing Authentication Token",
     "MissingAuthenticationTokenException"},
    {"QUOTA_EXCEEDED", 429, "Limit Exceeded", "LimitExceededException"},
    {"REQUEST_TOO_LARGE", 413, "Request Too Long", "RequestTooLargeException"},
    {"RESOURCE_NOT_FOUND", 404, "Resource not found", "NotFoundException"},
    {"THROTTLED", 429, "Too Many Requests", "TooManyRequestsException"},
    {"UNAUTHORIZED", 401, "Unauthorized", "UnauthorizedException"},
    {"UNSUPPORTED_MEDIA_TYPE", 415, "Unsupported Media Type", "UnsupportedMediaTypeException"},
    {"WAF_FILTERED", 403, "Forbidden", "ForbiddenException"},
}};

constexpr std::string_view kTemplate = R"({"message":$context.error.messageString})";

// What was put for the kind, else for all of its class.
const json::Object* FindPut(const json::Object& put, const GatewayResponseKind& kind) {
  constexpr int kServerErrors = 500;
  const json::Value* own = put.Find(kind.type);
  if (!own) own = put.Find(kind.status < kServerErrors ? "DEFAULT_4XX" : "DEFAULT_5XX");
  return own && own->IsObject() ? &own->AsObject() : nullptr;
}

// Only variables are replaced here: gateway responses are no Velocity templates (documented).
std::string Fill(const ApiCall& call, std::string_view text) {
  return Interpolate(call, text);
}

// "'text'", "method.request.header.x", "context.x", "stageVariables.x"
std::string ParameterValue(const ApiCall& call, std::string_view text) {
  constexpr std::string_view kMethod = "method.";
  if (text.size() > 1 && text.front() == '\'' && text.back() == '\'')
    return std::string(text.substr(1, text.size() - 2));
  if (text.starts_with(kMethod)) text.remove_prefix(kMethod.size());
  return RequestExpression(call, "$" + std::string(text)).value_or("");
}

void Apply(const ApiCall& call, const json::Object& put, net::Response& response) {
  if (const auto status = ToInt(put.GetString("statusCode")))
    response.status = static_cast<int>(*status);
  constexpr std::string_view kHeader = "gatewayresponse.header.";
  for (const json::Member& parameter : put.GetObject("responseParameters")) {
    if (!parameter.key.starts_with(kHeader)) continue;
    response.headers.Set(parameter.key.substr(kHeader.size()),
                         ParameterValue(call, parameter.value.AsString()));
  }
  const json::Object& templates = put.GetObject("responseTemplates");
  if (templates.empty()) return;
  const json::Member& first =
      templates.Has("application/json")
          ? *std::ranges::find(templates, "application/json", &json::Member::key)
          : *templates.begin();
  response.headers.Set("Content-Type", first.key);
  response.body = Fill(call, first.value.AsString());
}

}  // namespace

std::span<const GatewayResponseKind> GatewayResponseKinds() {
  return kKinds;
}

const GatewayResponseKind* FindGatewayResponse(std::string_view type) {
  const auto* const found = std::ranges::find(kKinds, type, &GatewayResponseKind::type);
  return found == kKinds.end() ? nullptr : found;
}

json::Object DefaultGatewayResponse(const GatewayResponseKind& kind) {
  json::Object shown{{"responseType", kind.type}};
  if (kind.status != 0) shown.Set("statusCode", std::to_string(kind.status));
  shown.Set("responseParameters", json::Object());
  shown.Set("responseTemplates", json::Object{{"application/json", kTemplate}});
  shown.Set("defaultResponse", true);
  return shown;
}

net::Response GatewayAnswer(ApiCall& call, const json::Object& put, std::string_view type,
                            std::string_view message) {
  const GatewayResponseKind& kind = *FindGatewayResponse(type);
  if (message.empty()) message = kind.message;
  const std::string quoted = message.empty() ? "null" : json::Quote(message);
  json::Object error{{"message", message}, {"messageString", quoted}, {"responseType", type}};
  call.errors.Set("error", std::move(error));
  net::Response response;
  response.status = kind.status;
  response.headers.Set("Content-Type", "application/json");
  response.headers.Set("x-amzn-ErrorType", kind.error_type);
  response.body = "{\"message\":" + quoted + "}";
  if (const json::Object* own = FindPut(put, kind)) Apply(call, *own, response);
  return response;
}

}  // namespace trunkline::cloud::execute_api
