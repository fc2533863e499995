#include "cloud/execute_api/rest_integration.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/execute_api/gateway_response.h"

namespace trunkline::cloud::execute_api {

net::Response IntegrationFailed(const WaitContext& context, ApiCall& call, const RestMethod& met,
                                std::string_view type, int status, std::string_view why) {
  context.log().Warn("API '{}', method '{}': {}", call.api_id, call.route_key, why);
  json::Object integration{{"error", why}};
  call.errors.Set("integration", std::move(integration));
  Trace(call, "Execution failed due to configuration error: {}", why);
  net::Response response = GatewayAnswer(call, met.gateway_responses, type);
  const bool own = met.gateway_responses.Has(type) || met.gateway_responses.Has("DEFAULT_5XX");
  if (status != 0 && !own) response.status = status;
  return response;
}

net::Response Misconfigured(const WaitContext& context, ApiCall& call, const RestMethod& met,
                            std::string_view why) {
  return IntegrationFailed(context, call, met, "API_CONFIGURATION_ERROR", 0, why);
}

net::Response TimedOut(const WaitContext& context, ApiCall& call, const RestMethod& met,
                       std::string_view why) {
  return IntegrationFailed(context, call, met, "INTEGRATION_TIMEOUT", 0, why);
}

net::Response MappedAnswer(const WaitContext& context, ApiCall& call, const RestMethod& met,
                           const IntegrationAnswer& answer) {
  auto mapped = MapAnswer(call, met, answer);
  if (!mapped) return Misconfigured(context, call, met, mapped.error().message());
  if (*mapped) return std::move(**mapped);
  return Misconfigured(context, call, met,
                       fmt::format("no integration response matches '{}'", answer.selector));
}

std::optional<MappedRequest> RequestBody(const WaitContext& context, ApiCall& call,
                                         const RestMethod& met, net::Response& refusal) {
  auto mapped = MapRequestBody(call, met);
  if (mapped) return std::move(*mapped);
  if (mapped.error().kind() == ErrorKind::kNotFound) {
    refusal = GatewayAnswer(call, met.gateway_responses, "UNSUPPORTED_MEDIA_TYPE");
  } else {
    refusal = Misconfigured(context, call, met, mapped.error().message());
  }
  return std::nullopt;
}

Milliseconds LimitOf(const json::Object& integration) {
  constexpr std::int64_t kLongest = 29'000;
  return Milliseconds(integration.GetInt("timeoutInMillis", kLongest));
}

std::string UriOf(const ApiCall& call, const json::Object& integration, const json::Object& path) {
  std::string uri = WithStageVariables(call, integration.GetString("uri"));
  for (const json::Object* values : {&path, &call.path_parameters}) {
    for (const json::Member& one : *values) {
      if (!one.value.IsString()) continue;
      const std::string value = PercentDecode(one.value.AsString());
      uri = Replace(uri, "{" + one.key + "}", PercentEncode(value, true));
    }
  }
  return uri;
}

void AddGatewayHeaders(const ApiCall& call, net::Headers& headers) {
  if (!headers.Has("Accept")) headers.Set("Accept", "application/json");
  if (!headers.Has("User-Agent")) headers.Set("User-Agent", "AmazonAPIGateway_" + call.api_id);
  headers.Set("x-amzn-apigateway-api-id", call.api_id);
  if (!headers.Has("X-Amzn-Trace-Id")) headers.Set("X-Amzn-Trace-Id", call.trace_id);
}

}  // namespace trunkline::cloud::execute_api
