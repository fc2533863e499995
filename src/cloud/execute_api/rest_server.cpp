// HTTP and HTTP_PROXY integrations of REST APIs.
#include <fmt/format.h>

#include "base/text.h"
#include "cloud/execute_api/http_proxy.h"
#include "cloud/execute_api/remapped_headers.h"
#include "cloud/execute_api/rest_integration.h"

namespace trunkline::cloud::execute_api {
namespace {

// The URI's own query first, then the client's, then the parameters' (seen).
std::string UrlOf(const ApiCall& call, const RestMethod& met, const MappedParameters& parameters,
                  bool proxy) {
  std::string url = UriOf(call, met.integration, parameters.path);
  std::string query = proxy ? call.query : std::string();
  const std::string mapped = QueryText(parameters.query);
  if (!mapped.empty()) query += (query.empty() ? "" : "&") + mapped.substr(1);
  if (!query.empty()) url += (url.find('?') == std::string::npos ? "?" : "&") + query;
  return url;
}

net::Request MakeRequest(const ApiCall& call, const RestMethod& met, std::string body, bool proxy) {
  net::Request request;
  request.method = met.integration.GetString("httpMethod");
  if (request.method == "ANY") request.method = call.method;
  request.body = std::move(body);
  if (proxy) {
    request.headers = call.headers;
    RemoveClientHeaders(request.headers);
  } else if (!request.body.empty()) {
    const std::string_view type = call.headers.Get("Content-Type");
    request.headers.Set("Content-Type", type.empty() ? "application/json" : type);
  }
  AddGatewayHeaders(call, request.headers);
  return request;
}

net::Response HandedOn(net::Response response) {
  RemapHeaders(response.headers);
  return response;
}

}  // namespace

net::aw<net::Response> CallRestServer(WaitContext context, ApiCall& call, const RestMethod& met,
                                      bool proxy) {
  MappedRequest mapped;
  if (proxy) {
    mapped.body = call.body;
  } else {
    net::Response refusal;
    auto body = RequestBody(context, call, met, refusal);
    if (!body) co_return refusal;
    mapped = std::move(*body);
  }
  const auto parameters = MapRequestParameters(call, met.integration, mapped.override, false);
  if (!parameters) co_return Misconfigured(context, call, met, parameters.error().message());
  std::string url = UrlOf(call, met, *parameters, proxy);
  net::Request request = MakeRequest(call, met, std::move(mapped.body), proxy);
  for (const auto& [name, value] : parameters->headers) request.headers.Set(name, value);
  if (const auto parsed = net::ParseUrl(url)) request.target = parsed->target;
  TraceRequest(call, url, request);
  const TimePoint sent = context.clock().Now();
  Proxied got =
      co_await SendToServer(context, std::move(url), std::move(request), LimitOf(met.integration));
  if (got.end == Proxied::End::kTimedOut)
    co_return TimedOut(context, call, met, "the server took too long");
  if (got.end == Proxied::End::kUnreached)
    co_return IntegrationFailed(context, call, met, "INTEGRATION_FAILURE", 0, got.reason);
  TraceResponse(call, got.response, context.clock().Now() - sent);
  if (proxy) co_return HandedOn(std::move(got.response));
  IntegrationAnswer answer{.selector = std::to_string(got.response.status),
                           .body = std::move(got.response.body),
                           .headers = std::move(got.response.headers)};
  net::Response response = MappedAnswer(context, call, met, answer);
  if (!response.headers.Has("x-amzn-ErrorType"))
    response.headers.Set("X-Amzn-Trace-Id", call.trace_id);
  co_return response;
}

}  // namespace trunkline::cloud::execute_api
