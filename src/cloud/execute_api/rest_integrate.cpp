#include "cloud/execute_api/rest_integrate.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/execute_api/answer.h"
#include "cloud/execute_api/event.h"
#include "cloud/execute_api/function.h"
#include "cloud/execute_api/function_uri.h"
#include "cloud/execute_api/gateway_response.h"
#include "cloud/execute_api/rest_integration.h"

namespace trunkline::cloud::execute_api {
namespace {

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
  if (invoked.end == Invoked::End::kTimedOut) return TimedOut(context, call, met, invoked.reason);
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

net::aw<Invoked> Invoke(WaitContext context, ApiCall& call, Invocation invocation) {
  if (!call.traced) co_return co_await InvokeFunction(std::move(context), std::move(invocation));
  net::Request request;
  AddGatewayHeaders(call, request.headers);
  request.body = invocation.text.empty() ? json::Write(invocation.event) : invocation.text;
  TraceRequest(call,
               fmt::format("https://lambda.{}.amazonaws.com/2015-03-31/functions/{}/invocations",
                           context.region(), invocation.function),
               request);
  const TimePoint sent = context.clock().Now();
  Invoked invoked = co_await InvokeFunction(context, std::move(invocation));
  net::Response response;
  response.headers.Set("Content-Type", "application/json");
  response.body = invoked.payload;
  const bool answered =
      invoked.end == Invoked::End::kDone || invoked.end == Invoked::End::kFunctionError;
  if (answered) TraceResponse(call, response, context.clock().Now() - sent);
  co_return invoked;
}

net::aw<net::Response> ProxyFunction(WaitContext context, ApiCall& call, const RestMethod& met) {
  // Lambda is invoked by POST; what another method meets is told to nobody (seen).
  if (met.integration.GetString("httpMethod") != "POST")
    co_return Misconfigured(context, call, met, "Invalid permissions on Lambda function");
  Invocation invocation = InvocationOf(call, met.integration);
  invocation.event = EventV1(call, BodyFor(call, met), true);
  const Invoked invoked = co_await Invoke(context, call, std::move(invocation));
  if (auto failure = FailureOf(context, call, met, invoked)) co_return std::move(*failure);
  constexpr int kBadGateway = 502;
  if (invoked.end == Invoked::End::kFunctionError) {
    co_return IntegrationFailed(context, call, met, "API_CONFIGURATION_ERROR", kBadGateway,
                                "the function failed: " + invoked.payload);
  }
  std::string why;
  auto answer = ReadFunctionAnswer(invoked.payload, AnswerForm::kRest, why);
  if (!answer)
    co_return IntegrationFailed(context, call, met, "API_CONFIGURATION_ERROR", kBadGateway, why);
  if (!answer->headers.Has("Content-Type")) answer->headers.Set("Content-Type", "application/json");
  const Result<json::Value> said = json::Parse(invoked.payload);
  const bool encoded = said && said->IsObject() && said->AsObject().GetBool("isBase64Encoded");
  if (encoded && !WantsBytes(call, met, *answer)) answer->body = said->AsObject().GetString("body");
  answer->headers.Set("X-Amzn-Trace-Id", call.trace_id);
  co_return std::move(*answer);
}

// What a function's answer is chosen by: the message of its error; nothing else.
std::string ErrorMessage(const Invoked& invoked) {
  if (invoked.end != Invoked::End::kFunctionError) return {};
  const Result<json::Value> error = json::Parse(invoked.payload);
  return error && error->IsObject() ? std::string(error->AsObject().GetString("errorMessage"))
                                    : std::string();
}

net::aw<net::Response> CallFunction(WaitContext context, ApiCall& call, const RestMethod& met) {
  net::Response refusal;
  auto mapped = RequestBody(context, call, met, refusal);
  if (!mapped) co_return refusal;
  const auto parameters = MapRequestParameters(call, met.integration, mapped->override, true);
  if (!parameters) co_return Misconfigured(context, call, met, parameters.error().message());
  Invocation invocation = InvocationOf(call, met.integration);
  invocation.asynchronous = parameters->headers.Get("X-Amz-Invocation-Type") == "Event";
  invocation.text = Trim(mapped->body).empty() ? "{}" : mapped->body;
  const Invoked invoked = co_await Invoke(context, call, std::move(invocation));
  if (auto failure = FailureOf(context, call, met, invoked)) co_return std::move(*failure);
  IntegrationAnswer answer;
  answer.selector = ErrorMessage(invoked);
  answer.body = invoked.payload;
  net::Response response = MappedAnswer(context, call, met, answer);
  if (!response.headers.Has("x-amzn-ErrorType"))
    response.headers.Set("X-Amzn-Trace-Id", call.trace_id);
  co_return response;
}

// The template says which response it is: {"statusCode": 200}.
net::Response Mock(const WaitContext& context, ApiCall& call, const RestMethod& met) {
  net::Response refusal;
  const auto body = RequestBody(context, call, met, refusal);
  if (!body) return refusal;
  const Result<json::Value> said = json::Parse(body->body);
  const json::Value* status =
      said && said->IsObject() ? said->AsObject().Find("statusCode") : nullptr;
  if (!status || (!status->IsNumber() && !status->IsString())) {
    return Misconfigured(context, call, met,
                         "expected the template of the mock to be JSON with a statusCode");
  }
  IntegrationAnswer answer;
  answer.selector = status->IsString() ? status->AsString() : std::to_string(status->AsInt());
  return MappedAnswer(context, call, met, answer);
}

}  // namespace

net::aw<net::Response> IntegrateRest(WaitContext context, ApiCall& call, const RestMethod& met) {
  const std::string_view type = met.integration.GetString("type");
  if (type == "AWS_PROXY") co_return co_await ProxyFunction(context, call, met);
  if (type == "AWS") {
    const std::string uri = WithStageVariables(call, met.integration.GetString("uri"));
    if (ReadFunctionUri(uri)) co_return co_await CallFunction(context, call, met);
    co_return co_await CallRestService(context, call, met);
  }
  if (type == "HTTP_PROXY") co_return co_await CallRestServer(context, call, met, true);
  if (type == "HTTP") co_return co_await CallRestServer(context, call, met, false);
  if (type == "MOCK") co_return Mock(context, call, met);
  co_return Misconfigured(context, call, met, "the method has no integration");
}

}  // namespace trunkline::cloud::execute_api
