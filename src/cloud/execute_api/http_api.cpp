#include "cloud/execute_api/http_api.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/engine.h"
#include "cloud/execute_api/access_log.h"
#include "cloud/execute_api/answer.h"
#include "cloud/execute_api/cors.h"
#include "cloud/execute_api/event.h"
#include "cloud/execute_api/function.h"
#include "cloud/execute_api/function_uri.h"
#include "cloud/execute_api/http_authorize.h"
#include "cloud/execute_api/http_proxy.h"
#include "cloud/execute_api/parameter_mapping.h"
#include "cloud/execute_api/path_match.h"
#include "cloud/execute_api/subtype.h"
#include "cloud/services/apigatewayv2/records.h"
#include "cloud/services/apigatewayv2/route_key.h"

namespace trunkline::cloud::execute_api {
namespace {

namespace v2 = apigatewayv2;

constexpr Milliseconds kLongest{30'000};

// What a request meets: copies, because the store may change while it is served.
struct Met {
  json::Object cors;
  json::Object access_log;
  json::Object route;  // empty: none fits
  json::Object integration;
  json::Object authorizer;
};

const Record* FindStage(Store& store, const ApiCall& call, std::string_view name) {
  return store.Find(call.scope, v2::kStage.kind, fmt::format("{}/{}", call.api_id, name));
}

// The stage of the request; the path is what is left behind it.
const Record* EnterStage(Store& store, ApiCall& call, Place& place) {
  const bool named = !place.stage.empty();
  const std::string name(named ? std::string_view(place.stage) : FirstSegment(place.path));
  const Record* stage = FindStage(store, call, name);
  if (!named && stage) {
    TakeStage(place);
    if (place.stage == "$default") place.base_path.clear();
  } else if (!named) {
    stage = FindStage(store, call, "$default");
  }
  if (!stage) return nullptr;
  call.stage = stage->name;
  call.stage_variables = stage->body.GetObject("StageVariables");
  call.path = place.path;
  call.base_path = place.base_path;
  return stage;
}

// Whether the route fits, and how well: by its path first, then by its method.
std::optional<PathMatch> MatchRoute(const ApiCall& call, std::string_view key_text) {
  const auto key = v2::ReadRouteKey(key_text);
  if (!key) return std::nullopt;
  if (key->path.empty()) return PathMatch{};
  if (key->method != "ANY" && key->method != call.method) return std::nullopt;
  auto match = MatchPath(key->path, call.path);
  if (match) match->rank += key->method == "ANY" ? '0' : '1';
  return match;
}

const json::Object* ChooseRoute(ApiCall& call, const json::Array& routes) {
  const json::Object* best = nullptr;
  std::string rank;
  for (const json::Value& one : routes) {
    const json::Object& route = one.AsObject();
    auto match = MatchRoute(call, route.GetString("RouteKey"));
    if (!match || (best && match->rank <= rank)) continue;
    best = &route;
    rank = match->rank;
    call.path_parameters = std::move(match->parameters);
  }
  return best;
}

void KeepRoute(const json::Object& snapshot, const json::Object& route, ApiCall& call, Met& met) {
  constexpr std::string_view kPrefix = "integrations/";
  met.route = route;
  call.route_key = route.GetString("RouteKey");
  call.operation_name = route.GetString("OperationName");
  const auto key = v2::ReadRouteKey(call.route_key);
  call.resource_path = key && !key->path.empty() ? key->path : "$default";
  std::string_view target = route.GetString("Target");
  if (target.starts_with(kPrefix)) target.remove_prefix(kPrefix.size());
  met.integration = snapshot.GetObject("Integrations").GetObject(target);
  met.authorizer = snapshot.GetObject("Authorizers").GetObject(route.GetString("AuthorizerId"));
}

// Reads all there is to know; nothing: there is no such stage.
std::optional<Met> Meet(Store& store, ApiCall& call, Place place) {
  const Record* api = store.Find(call.scope, v2::kApi, call.api_id);
  if (!api) return std::nullopt;
  const bool by_domain = place.domain_prefix != call.api_id;
  if (api->body.GetBool("DisableExecuteApiEndpoint") && !by_domain) return std::nullopt;
  const Record* stage = EnterStage(store, call, place);
  if (!stage) return std::nullopt;
  Met met;
  met.cors = api->body.GetObject("CorsConfiguration");
  met.access_log = stage->body.GetObject("AccessLogSettings");
  const Record* deployment =
      store.Find(call.scope, v2::kDeployment.kind, stage->body.GetString("DeploymentId"));
  if (!deployment) return met;
  const json::Object& snapshot = deployment->body.GetObject("Snapshot");
  const json::Object* route = ChooseRoute(call, snapshot.GetArray("Routes"));
  if (route) KeepRoute(snapshot, *route, call, met);
  return met;
}

Milliseconds LimitOf(const json::Object& integration) {
  return Milliseconds(integration.GetInt("TimeoutInMillis", kLongest.count()));
}

// Why it failed is for the API's owner: in the log, and in access logs, not in the answer.
net::Response Failed(const WaitContext& context, ApiCall& call, int status,
                     std::string_view message, std::string_view why) {
  context.log().Warn("API '{}', route '{}': {}", call.api_id, call.route_key, why);
  json::Object integration{{"error", why}};
  call.errors.Set("integration", std::move(integration));
  return MessageAnswer(status, message);
}

net::Response ReadAnswer(const WaitContext& context, ApiCall& call, const json::Object& integration,
                         const Invoked& invoked) {
  if (invoked.end == Invoked::End::kTimedOut)
    return Failed(context, call, 503, "Service Unavailable", invoked.reason);
  if (invoked.end == Invoked::End::kTooLarge)
    return Failed(context, call, 413, "Request Entity Too Large", invoked.reason);
  if (invoked.end == Invoked::End::kRefused)
    return Failed(context, call, 500, "Internal Server Error", invoked.reason);
  if (invoked.end == Invoked::End::kFunctionError)
    return Failed(context, call, 500, "Internal Server Error",
                  "the function failed: " + invoked.payload);
  const bool second = integration.GetString("PayloadFormatVersion") == "2.0";
  std::string why;
  auto answer =
      ReadFunctionAnswer(invoked.payload, second ? AnswerForm::kHttpV2 : AnswerForm::kHttpV1, why);
  if (!answer) return Failed(context, call, 500, "Internal Server Error", why);
  if (!answer->headers.Has("Content-Type"))
    answer->headers.Set("Content-Type", "text/plain;charset=UTF-8");
  return std::move(*answer);
}

net::aw<net::Response> CallFunction(WaitContext context, ApiCall& call,
                                    const json::Object& integration) {
  const auto function =
      ReadFunctionUri(WithStageVariables(call, integration.GetString("IntegrationUri")));
  const BodyText body = TextOfBody(call);
  Invocation invocation;
  invocation.function = function.value_or("");
  invocation.source_arn = RouteArn(call);
  invocation.credentials = integration.GetString("CredentialsArn");
  const bool second = integration.GetString("PayloadFormatVersion") == "2.0";
  invocation.event = second ? EventV2(call, body) : EventV1(call, body, false);
  invocation.limit = LimitOf(integration);
  const Invoked invoked = co_await InvokeFunction(context, std::move(invocation));
  co_return ReadAnswer(context, call, integration, invoked);
}

// The integration's URI with path parameters and stage variables, and the request's query.
std::string UrlOf(const ApiCall& call, const json::Object& integration) {
  std::string url = WithStageVariables(call, integration.GetString("IntegrationUri"));
  for (const json::Member& parameter : call.path_parameters) {
    const std::string value = PercentEncode(parameter.value.AsString(), true);
    url = Replace(url, "{" + parameter.key + "}", value);
  }
  if (call.query.empty()) return url;
  return url + (url.find('?') == std::string::npos ? "?" : "&") + call.query;
}

net::aw<net::Response> CallServer(WaitContext context, ApiCall& call,
                                  const json::Object& integration) {
  std::string url = UrlOf(call, integration);
  net::Request request;
  request.method = integration.GetString("IntegrationMethod", "ANY");
  if (request.method == "ANY") request.method = call.method;
  request.headers = call.headers;
  request.headers.Set("Forwarded",
                      fmt::format("for={};host={};proto=http", call.peer, call.domain_name));
  request.body = call.body;
  if (const auto parsed = net::ParseUrl(url)) request.target = parsed->target;
  MapRequest(call, integration.GetObject("RequestParameters"), request.headers, request.target);
  Proxied got =
      co_await SendToServer(context, std::move(url), std::move(request), LimitOf(integration));
  if (got.end == Proxied::End::kDone) {
    RemoveHopHeaders(got.response.headers);
    co_return std::move(got.response);
  }
  const std::string_view why = got.end == Proxied::End::kTimedOut
                                   ? std::string_view("the integration took too long")
                                   : std::string_view(got.reason);
  co_return Failed(context, call, 503, "Service Unavailable", why);
}

net::aw<net::Response> CallAction(WaitContext context, ApiCall& call,
                                  const json::Object& integration) {
  ServiceAnswer answered = co_await CallSubtype(context, call, integration, LimitOf(integration));
  if (answered.end == ServiceAnswer::End::kDone) {
    net::Response response;
    response.status = answered.response.status;
    response.headers.Set("Content-Type", answered.response.headers.Get("Content-Type"));
    response.body = std::move(answered.response.body);
    co_return response;
  }
  if (answered.end == ServiceAnswer::End::kTimedOut)
    co_return Failed(context, call, 503, "Service Unavailable", answered.reason);
  co_return Failed(context, call, 500, "Internal Server Error", answered.reason);
}

net::aw<net::Response> Integrate(WaitContext context, ApiCall& call, const Met& met) {
  const std::string_view type = met.integration.GetString("IntegrationType");
  if (type.empty()) {
    co_return Failed(context, call, 500, "Internal Server Error", "the route has no integration");
  }
  net::Response response;
  if (met.integration.Has("IntegrationSubtype")) {
    response = co_await CallAction(context, call, met.integration);
  } else if (type == "AWS_PROXY") {
    response = co_await CallFunction(context, call, met.integration);
  } else {
    response = co_await CallServer(context, call, met.integration);
  }
  MapResponse(call, met.integration.GetObject("ResponseParameters"), response);
  co_return response;
}

net::aw<net::Response> Answer(WaitContext context, ApiCall& call, const Met& met) {
  if (call.body.size() > kLargestBody) co_return MessageAnswer(413, "Request Entity Too Large");
  if (met.route.empty()) co_return MessageAnswer(404, "Not Found");
  auto refusal = co_await AuthorizeHttp(context, call, met.route, met.authorizer);
  if (refusal) co_return std::move(*refusal);
  co_return co_await Integrate(context, call, met);
}

}  // namespace

net::aw<net::Response> ServeHttpApi(WaitContext context, ApiCall& call, Place place) {
  std::optional<Met> met = Meet(context.engine().store, call, std::move(place));
  net::Response response = MessageAnswer(404, "Not Found");
  std::optional<net::Response> preflight;
  if (met) preflight = AnswerPreflight(met->cors, call.method, call.headers);
  if (preflight) {
    response = std::move(*preflight);
  } else if (met) {
    response = co_await Answer(context, call, *met);
    AddCorsHeaders(met->cors, call.headers, response.headers);
  }
  response.headers.Set("Apigw-Requestid", call.extended_id);
  if (met) {
    const Milliseconds took = context.clock().Now() - call.time;
    WriteAccessLog(context, met->access_log, call, response, took);
  }
  co_return response;
}

}  // namespace trunkline::cloud::execute_api
