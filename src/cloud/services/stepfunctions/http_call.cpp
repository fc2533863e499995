#include "cloud/services/stepfunctions/http_call.h"

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/engine.h"
#include "cloud/execute_api/http_proxy.h"
#include "cloud/execute_api/serve.h"
#include "cloud/services/events/connection_auth.h"
#include "cloud/services/stepfunctions/http_values.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr Milliseconds kLongest{60'000};  // of http:invoke (documented)

bool IsMethod(std::string_view method) {
  constexpr std::string_view kMethods = " GET POST PUT DELETE PATCH HEAD OPTIONS ";
  return !method.empty() && kMethods.find(fmt::format(" {} ", method)) != std::string_view::npos;
}

Outcome<json::Object> ParametersOf(json::Value arguments) {
  if (!arguments.IsObject()) return RuntimeFailure("The parameters of a task must be an object.");
  json::Object parameters = std::move(arguments.AsObject());
  for (const std::string_view name : {"ApiEndpoint", "Method"}) {
    if (parameters.GetString(name).empty())
      return RuntimeFailure(fmt::format("The field '{}' is required but was missing", name));
  }
  if (IsMethod(parameters.GetString("Method"))) return parameters;
  return RuntimeFailure(
      fmt::format("The Method '{}' is not supported.", parameters.GetString("Method")));
}

// ---- apigateway:invoke

// "<host>/<stage>/<path>?<query>" of the parameters; what stands before the host is of no matter.
net::Request ApiRequest(const json::Object& parameters) {
  std::string_view endpoint = parameters.GetString("ApiEndpoint");
  const std::size_t scheme = endpoint.find("://");
  if (scheme != std::string_view::npos) endpoint.remove_prefix(scheme + 3);
  const std::size_t slash = std::min(endpoint.find('/'), endpoint.size());
  net::Request request;
  request.method = parameters.GetString("Method");
  request.target = endpoint.substr(slash);
  for (const std::string_view part : {"Stage", "Path"}) {
    std::string_view text = parameters.GetString(part);
    while (text.starts_with('/')) text.remove_prefix(1);
    if (!text.empty()) request.target += "/" + std::string(text);
  }
  if (request.target.empty()) request.target = "/";
  const std::string query = ParameterQuery(parameters.GetObject("QueryParameters"));
  if (!query.empty()) request.target += "?" + query;
  for (const json::Member& header : parameters.GetObject("Headers"))
    request.headers.Set(header.key, ParameterText(header.value));
  request.headers.Set("Host", endpoint.substr(0, slash));
  request.peer = "127.0.0.1";
  const json::Value* body = parameters.Find("RequestBody");
  if (!body || (body->IsNull() && !parameters.GetBool("AllowNullValues"))) return request;
  request.body = json::Write(*body);
  if (!request.headers.Has("Content-Type")) request.headers.Set("Content-Type", "application/json");
  return request;
}

// What a server adds on the way.
void AddTransport(const WaitContext& context, net::Response& response) {
  response.headers.Set("Connection", "keep-alive");
  response.headers.Set("Content-Length", std::to_string(response.body.size()));
  response.headers.Set("Date", ToHttpDate(context.engine().real_clock.Now()));
}

// ---- http:invoke

struct Prepared {
  Prepared() = default;
  net::Request request;
  std::string url;
};

Outcome<std::string> BodyOf(const json::Object& parameters, const json::Object& connection,
                            bool form) {
  const json::Value* given = parameters.Find("RequestBody");
  const json::Array& more = connection.GetObject("Parameters")
                                .GetObject("invocation_http_parameters")
                                .GetArray("BodyParameters");
  if (given && given->IsString() && more.empty()) return given->AsString();
  if (given && !given->IsObject() && (form || !more.empty()))
    return RuntimeFailure("The RequestBody must be an object.");
  if (given && !given->IsObject() && !given->IsNull()) return json::Write(*given);
  json::Object body = given && given->IsObject() ? given->AsObject() : json::Object();
  for (const json::Value& one : more)
    body.Set(one.AsObject().GetString("Key"), one.AsObject().GetString("Value"));
  if (body.empty() && (!given || given->IsNull())) return std::string();
  if (form) return FormOf(body, parameters.GetObject("Transform"));
  return json::Write(body);
}

Outcome<Prepared> Prepare(const json::Object& parameters, const json::Object& connection,
                          std::string_view region) {
  Prepared prepared;
  prepared.url = parameters.GetString("ApiEndpoint");
  net::Request& request = prepared.request;
  request.method = parameters.GetString("Method");
  for (const json::Member& header : parameters.GetObject("Headers")) {
    if (IsReservedHeader(header.key))
      return RuntimeFailure(fmt::format("The header '{}' is not supported.", header.key));
    request.headers.Set(header.key, ParameterText(header.value));
  }
  const std::string query = ParameterQuery(parameters.GetObject("QueryParameters"));
  if (!query.empty())
    prepared.url += (prepared.url.find('?') == std::string::npos ? "?" : "&") + query;
  events::AddInvocationParameters(connection, request, prepared.url);
  const std::string_view encoding =
      parameters.GetObject("Transform").GetString("RequestBodyEncoding", "NONE");
  TL_TRY(request.body, BodyOf(parameters, connection, encoding == "URL_ENCODED"));
  if (!request.body.empty() && !request.headers.Has("Content-Type")) {
    request.headers.Set("Content-Type", encoding == "URL_ENCODED"
                                            ? "application/x-www-form-urlencoded"
                                            : "application/json; charset=UTF-8");
  }
  request.headers.Set("User-Agent", fmt::format("Amazon|StepFunctions|HttpInvoke|{}", region));
  request.headers.Set("Range", "bytes=0-262144");
  return prepared;
}

Failure ConnectionFailure(const ServiceError& error) {
  const bool denied = error.code.starts_with("AccessDenied");
  std::string_view name = "InternalError";
  if (error.code == "ResourceNotFoundException") name = "ResourceNotFound";
  if (denied) name = "AccessDenied";
  if (denied && error.message == "the connection is not authorized")
    name = "InvalidConnectionState";
  return {.error = fmt::format("Events.ConnectionResource.{}", name), .cause = error.message};
}

// What no state can be given is an error of its own (documented).
std::optional<Failure> Unreadable(const net::Response& response) {
  const std::string type = ToLower(response.headers.Get("Content-Type"));
  for (const std::string_view kind : {"application/octet-stream", "image/", "video/", "audio/"}) {
    if (type.starts_with(kind))
      return RuntimeFailure(
          fmt::format("The content type '{}' of the response is not supported.", type));
  }
  if (IsUtf8(response.body)) return std::nullopt;
  return RuntimeFailure("The response cannot be read as a text.");
}

net::aw<Outcome<net::Response>> Send(WaitContext context, Prepared prepared) {
  if (const auto url = net::ParseUrl(prepared.url)) prepared.request.target = url->target;
  execute_api::Proxied got = co_await execute_api::SendToServer(
      std::move(context), std::move(prepared.url), std::move(prepared.request), kLongest);
  if (got.end == execute_api::Proxied::End::kDone) co_return std::move(got.response);
  const bool late = got.end == execute_api::Proxied::End::kTimedOut;
  Failure failure{.error = "States.Http.Socket",
                  .cause = late ? "The HTTP request timed out after 60 seconds." : got.reason};
  co_return failure;
}

std::string ConnectionArnOf(const json::Object& parameters) {
  const std::string_view older = parameters.GetObject("Authentication").GetString("ConnectionArn");
  return std::string(parameters.GetObject("InvocationConfig").GetString("ConnectionArn", older));
}

}  // namespace

net::aw<Outcome<CallResult>> CallApi(WaitContext context, json::Value arguments) {
  auto parameters = ParametersOf(std::move(arguments));
  if (!parameters) co_return std::move(parameters).error();
  const std::string_view type = parameters->GetString("AuthType", "NO_AUTH");
  std::optional<Caller> signer;
  if (type == "IAM_ROLE" || type == "RESOURCE_POLICY") signer = context.caller();
  net::Request request = ApiRequest(*parameters);
  net::Response response =
      co_await execute_api::ServeInner(context.engine(), std::move(signer), std::move(request));
  AddTransport(context, response);
  constexpr int kErrors = 400;
  if (response.status >= kErrors) {
    Failure failure{.error = fmt::format("ApiGateway.{}", response.status),
                    .cause = std::move(response.body)};
    co_return failure;
  }
  CallResult result{.output = ResultOf(response), .job = {}};
  co_return result;
}

net::aw<Outcome<CallResult>> CallHttp(WaitContext context, json::Value arguments) {
  auto parameters = ParametersOf(std::move(arguments));
  if (!parameters) co_return std::move(parameters).error();
  const std::string arn = ConnectionArnOf(*parameters);
  if (arn.empty())
    co_return RuntimeFailure("The field 'ConnectionArn' is required but was missing");
  const auto connection =
      context.State([&arn](Context& state) { return events::ReadConnection(state, arn); });
  if (!connection) co_return ConnectionFailure(connection.error());
  auto prepared = Prepare(*parameters, *connection, context.region());
  if (!prepared) co_return std::move(prepared).error();
  const auto authorization = co_await events::AuthorizationOf(context, *connection);
  if (!authorization) co_return ConnectionFailure(authorization.error());
  for (const auto& [name, value] : *authorization) prepared->request.headers.Set(name, value);
  auto response = co_await Send(context, std::move(*prepared));
  if (!response) co_return std::move(response).error();
  constexpr int kLastGood = 299;
  if (response->status > kLastGood) {
    Failure failure{.error = fmt::format("States.Http.StatusCode.{}", response->status),
                    .cause = std::move(response->body)};
    co_return failure;
  }
  if (auto unreadable = Unreadable(*response)) co_return std::move(*unreadable);
  CallResult result{.output = ResultOf(*response), .job = {}};
  co_return result;
}

}  // namespace trunkline::cloud::stepfunctions
