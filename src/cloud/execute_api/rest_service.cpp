// AWS integrations of REST APIs with other services than Lambda.
#include <fmt/format.h>

#include "base/text.h"
#include "cloud/execute_api/rest_integration.h"
#include "cloud/execute_api/service_call.h"

namespace trunkline::cloud::execute_api {
namespace {

net::Request MakeRequest(const ApiCall& call, const RestMethod& met, MappedRequest mapped,
                         const MappedParameters& parameters, const ServiceUri& uri) {
  net::Request request;
  request.method = met.integration.GetString("httpMethod", "POST");
  if (request.method == "ANY") request.method = call.method;
  request.target = (uri.action ? "/" : "/" + uri.rest) + QueryText(parameters.query);
  request.headers = parameters.headers;
  request.body = std::move(mapped.body);
  const bool has_body = !request.body.empty() && !request.headers.Has("Content-Type");
  if (has_body) request.headers.Set("Content-Type", "application/json");
  AddGatewayHeaders(call, request.headers);
  return request;
}

}  // namespace

net::aw<net::Response> CallRestService(WaitContext context, ApiCall& call, const RestMethod& met) {
  net::Response refusal;
  auto mapped = RequestBody(context, call, met, refusal);
  if (!mapped) co_return refusal;
  const auto parameters = MapRequestParameters(call, met.integration, mapped->override, true);
  if (!parameters) co_return Misconfigured(context, call, met, parameters.error().message());
  const std::string text = UriOf(call, met.integration, parameters->path);
  const auto uri = ReadServiceUri(text);
  if (!uri) co_return Misconfigured(context, call, met, "Invalid endpoint address");
  ServiceCall order;
  order.uri = *uri;
  order.source_arn = RouteArn(call);
  order.credentials = WithStageVariables(call, met.integration.GetString("credentials"));
  order.request = MakeRequest(call, met, std::move(*mapped), *parameters, *uri);
  order.limit = LimitOf(met.integration);
  TraceRequest(call, text, order.request);
  const TimePoint sent = context.clock().Now();
  ServiceAnswer answered = co_await CallService(context, std::move(order));
  if (answered.end == ServiceAnswer::End::kTimedOut)
    co_return TimedOut(context, call, met, answered.reason);
  if (answered.end == ServiceAnswer::End::kRefused)
    co_return Misconfigured(context, call, met, answered.reason);
  TraceResponse(call, answered.response, context.clock().Now() - sent);
  IntegrationAnswer answer{.selector = std::to_string(answered.response.status),
                           .body = std::move(answered.response.body),
                           .headers = std::move(answered.response.headers)};
  net::Response response = MappedAnswer(context, call, met, answer);
  if (!response.headers.Has("x-amzn-ErrorType"))
    response.headers.Set("X-Amzn-Trace-Id", call.trace_id);
  co_return response;
}

}  // namespace trunkline::cloud::execute_api
