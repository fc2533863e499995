#include "cloud/execute_api/rest_integrate.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/text.h"
#include "cloud/execute_api/answer.h"
#include "cloud/execute_api/event.h"
#include "cloud/execute_api/function.h"
#include "cloud/execute_api/function_uri.h"
#include "cloud/execute_api/gateway_response.h"
#include "cloud/execute_api/http_proxy.h"
#include "cloud/execute_api/rest_mapping.h"
#include "cloud/execute_api/service_action.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::int64_t kLongest = 29'000;

// Why it failed is for the API's owner: in the log, not in the answer.
net::Response Failed(const WaitContext& context, ApiCall& call, const RestMethod& met,
                     std::string_view type, int status, std::string_view why) {
  context.log().Warn("API '{}', method '{}': {}", call.api_id, call.route_key, why);
  json::Object integration{{"error", why}};
  call.errors.Set("integration", std::move(integration));
  net::Response response = GatewayAnswer(call, met.gateway_responses, type);
  const bool own = met.gateway_responses.Has(type) || met.gateway_responses.Has("DEFAULT_5XX");
  if (status != 0 && !own) response.status = status;
  return response;
}

net::Response Misconfigured(const WaitContext& context, ApiCall& call, const RestMethod& met,
                            std::string_view why) {
  return Failed(context, call, met, "API_CONFIGURATION_ERROR", 0, why);
}

Milliseconds LimitOf(const json::Object& integration) {
  return Milliseconds(integration.GetInt("timeoutInMillis", kLongest));
}

// A body that is no text cannot be in an event as it is; AWS replaces what is not UTF-8.
BodyText BodyFor(const ApiCall& call, const RestMethod& met) {
  const bool binary = IsBinary(met.api, call.headers.Get("Content-Type"));
  if (!binary && IsUtf8(call.body)) return {.text = call.body, .base64 = false};
  return {.text = ToBase64(call.body), .base64 = true};
}

Invocation InvocationOf(const ApiCall& call, const json::Object& integration) {
  Invocation invocation;
  invocation.function =
      ReadFunctionUri(WithStageVariables(call, integration.GetString("uri"))).value_or("");
  invocation.source_arn = RouteArn(call);
  invocation.credentials = integration.GetString("credentials");
  invocation.limit = LimitOf(integration);
  return invocation;
}

// Nothing: the function answered.
std::optional<net::Response> FailureOf(const WaitContext& context, ApiCall& call,
                                       const RestMethod& met, const Invoked& invoked) {
  if (invoked.end == Invoked::End::kTimedOut)
    return Failed(context, call, met, "INTEGRATION_TIMEOUT", 0, invoked.reason);
  if (invoked.end == Invoked::End::kTooLarge)
    return GatewayAnswer(call, met.gateway_responses, "REQUEST_TOO_LARGE");
  if (invoked.end == Invoked::End::kRefused)
    return Misconfigured(context, call, met, invoked.reason);
  return std::nullopt;
}

// Bytes only where the API knows the type as binary, the client accepts it, or both.
bool WantsBytes(const ApiCall& call, const RestMethod& met, const net::Response& response) {
  const std::string_view accept = call.headers.Get("Accept");
  return IsBinary(met.api, accept.substr(0, accept.find(','))) ||
         IsBinary(met.api, response.headers.Get("Content-Type"));
}

net::aw<net::Response> ProxyFunction(WaitContext context, ApiCall& call, const RestMethod& met) {
  Invocation invocation = InvocationOf(call, met.integration);
  invocation.event = EventV1(call, BodyFor(call, met), true);
  const Invoked invoked = co_await InvokeFunction(context, std::move(invocation));
  if (auto failure = FailureOf(context, call, met, invoked)) co_return std::move(*failure);
  constexpr int kBadGateway = 502;
  if (invoked.end == Invoked::End::kFunctionError) {
    co_return Failed(context, call, met, "API_CONFIGURATION_ERROR", kBadGateway,
                     "the function failed: " + invoked.payload);
  }
  std::string why;
  auto answer = ReadFunctionAnswer(invoked.payload, AnswerForm::kRest, why);
  if (!answer) co_return Failed(context, call, met, "API_CONFIGURATION_ERROR", kBadGateway, why);
  if (!answer->headers.Has("Content-Type")) answer->headers.Set("Content-Type", "application/json");
  const Result<json::Value> said = json::Parse(invoked.payload);
  const bool encoded = said && said->IsObject() && said->AsObject().GetBool("isBase64Encoded");
  if (encoded && !WantsBytes(call, met, *answer)) answer->body = said->AsObject().GetString("body");
  co_return std::move(*answer);
}

// What a function's answer is chosen by: the message of its error; nothing else.
std::string ErrorMessage(const Invoked& invoked) {
  if (invoked.end != Invoked::End::kFunctionError) return {};
  const Result<json::Value> error = json::Parse(invoked.payload);
  return error && error->IsObject() ? std::string(error->AsObject().GetString("errorMessage"))
                                    : std::string();
}

net::Response Mapped(const WaitContext& context, ApiCall& call, const RestMethod& met,
                     const IntegrationAnswer& answer) {
  auto mapped = MapAnswer(call, met, answer);
  if (!mapped) return Misconfigured(context, call, met, mapped.error().message());
  if (*mapped) return std::move(**mapped);
  return Misconfigured(context, call, met,
                       fmt::format("no integration response matches '{}'", answer.selector));
}

// The integration's request by its template; nothing: `refusal` says why.
std::optional<std::string> RequestBody(const WaitContext& context, ApiCall& call,
                                       const RestMethod& met, net::Response& refusal) {
  auto body = MapRequestBody(call, met.integration);
  if (body) return std::move(*body);
  if (body.error().kind() == ErrorKind::kNotFound) {
    refusal = GatewayAnswer(call, met.gateway_responses, "UNSUPPORTED_MEDIA_TYPE");
  } else {
    refusal = Misconfigured(context, call, met, body.error().message());
  }
  return std::nullopt;
}

net::aw<net::Response> CallFunction(WaitContext context, ApiCall& call, const RestMethod& met) {
  net::Response refusal;
  const auto body = RequestBody(context, call, met, refusal);
  if (!body) co_return refusal;
  net::Request parameters;
  json::Object path;
  MapRequestParameters(call, met.integration, parameters, path);
  Invocation invocation = InvocationOf(call, met.integration);
  invocation.asynchronous = parameters.headers.Get("X-Amz-Invocation-Type") == "Event";
  invocation.text = Trim(*body).empty() ? "{}" : *body;
  const Invoked invoked = co_await InvokeFunction(context, std::move(invocation));
  if (auto failure = FailureOf(context, call, met, invoked)) co_return std::move(*failure);
  IntegrationAnswer answer;
  answer.selector = ErrorMessage(invoked);
  answer.body = invoked.payload;
  co_return Mapped(context, call, met, answer);
}

net::aw<net::Response> CallService(WaitContext context, ApiCall& call, const RestMethod& met,
                                   ServiceAction action) {
  net::Response refusal;
  auto body = RequestBody(context, call, met, refusal);
  if (!body) co_return refusal;
  ActionCall order{.action = std::move(action),
                   .source_arn = RouteArn(call),
                   .credentials = std::string(met.integration.GetString("credentials")),
                   .input = std::move(*body),
                   .limit = LimitOf(met.integration)};
  const ActionAnswer answered = co_await CallAction(context, std::move(order));
  if (answered.timed_out)
    co_return Failed(context, call, met, "INTEGRATION_TIMEOUT", 0, answered.body);
  if (answered.status == 0) co_return Misconfigured(context, call, met, answered.body);
  IntegrationAnswer answer;
  answer.selector = std::to_string(answered.status);
  answer.body = answered.body;
  co_return Mapped(context, call, met, answer);
}

// The URI with its "{name}"s: what requestParameters say, else the path's parameters.
std::string UrlOf(const ApiCall& call, const json::Object& integration, const json::Object& path) {
  std::string url = WithStageVariables(call, integration.GetString("uri"));
  for (const json::Object* values : {&path, &call.path_parameters}) {
    for (const json::Member& one : *values) {
      if (one.value.IsString())
        url = Replace(url, "{" + one.key + "}", PercentEncode(one.value.AsString(), true));
    }
  }
  return url;
}

net::Request ServerRequest(const ApiCall& call, const RestMethod& met, bool proxy,
                           std::string& url) {
  net::Request request;
  request.method = met.integration.GetString("httpMethod");
  if (request.method == "ANY") request.method = call.method;
  if (proxy) {
    request.headers = call.headers;
    request.body = call.body;
  } else if (call.headers.Has("Content-Type")) {
    request.headers.Set("Content-Type", call.headers.Get("Content-Type"));
  }
  json::Object path;
  request.target.clear();
  MapRequestParameters(call, met.integration, request, path);
  std::string query = request.target;
  if (proxy && query.empty() && !call.query.empty()) query = "?" + call.query;
  url = UrlOf(call, met.integration, path) + query;
  if (const auto parsed = net::ParseUrl(url)) request.target = parsed->target;
  return request;
}

net::aw<net::Response> CallServer(WaitContext context, ApiCall& call, const RestMethod& met,
                                  bool proxy) {
  std::string url;
  net::Request request = ServerRequest(call, met, proxy, url);
  if (!proxy) {
    net::Response refusal;
    auto body = RequestBody(context, call, met, refusal);
    if (!body) co_return refusal;
    request.body = std::move(*body);
  }
  Proxied got =
      co_await SendToServer(context, std::move(url), std::move(request), LimitOf(met.integration));
  if (got.end == Proxied::End::kTimedOut)
    co_return Failed(context, call, met, "INTEGRATION_TIMEOUT", 0, "the server took too long");
  if (got.end == Proxied::End::kUnreached)
    co_return Failed(context, call, met, "INTEGRATION_FAILURE", 0, got.reason);
  if (proxy) co_return std::move(got.response);
  IntegrationAnswer answer{.selector = std::to_string(got.response.status),
                           .body = std::move(got.response.body),
                           .headers = std::move(got.response.headers)};
  co_return Mapped(context, call, met, answer);
}

// The template says which response it is: {"statusCode": 200}.
net::Response Mock(const WaitContext& context, ApiCall& call, const RestMethod& met) {
  net::Response refusal;
  const auto body = RequestBody(context, call, met, refusal);
  if (!body) return refusal;
  const Result<json::Value> said = json::Parse(*body);
  const json::Value* status =
      said && said->IsObject() ? said->AsObject().Find("statusCode") : nullptr;
  if (!status || (!status->IsNumber() && !status->IsString())) {
    return Misconfigured(context, call, met,
                         "expected the template of the mock to be JSON with a statusCode");
  }
  IntegrationAnswer answer;
  answer.selector = status->IsString() ? status->AsString() : std::to_string(status->AsInt());
  return Mapped(context, call, met, answer);
}

}  // namespace

net::aw<net::Response> IntegrateRest(WaitContext context, ApiCall& call, const RestMethod& met) {
  const std::string_view type = met.integration.GetString("type");
  if (type == "AWS_PROXY") co_return co_await ProxyFunction(context, call, met);
  if (type == "AWS") {
    auto action = ReadActionUri(met.integration.GetString("uri"));
    if (action) co_return co_await CallService(context, call, met, std::move(*action));
    co_return co_await CallFunction(context, call, met);
  }
  if (type == "HTTP_PROXY") co_return co_await CallServer(context, call, met, true);
  if (type == "HTTP") co_return co_await CallServer(context, call, met, false);
  if (type == "MOCK") co_return Mock(context, call, met);
  co_return Misconfigured(context, call, met, "the method has no integration");
}

}  // namespace trunkline::cloud::execute_api
