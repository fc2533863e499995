// API destinations: HTTP endpoints, and the calls to them.
#include <fmt/format.h>

#include "base/text.h"
#include "cloud/arn.h"
#include "cloud/loopback_http.h"
#include "cloud/services/events/connection_auth.h"
#include "cloud/services/events/families.h"
#include "cloud/services/events/records.h"
#include "cloud/services/events/send.h"

namespace trunkline::cloud::events {
namespace {

constexpr std::int64_t kUsualRate = 300;

std::string NameIn(std::string_view arn) {
  const auto parts = Split(arn, '/');
  return std::string(parts.size() > 1 ? parts[1] : parts[0]);
}

Answer<Record> FindDestination(Context& context, const json::Object& input, std::string_view verb) {
  const std::string_view name = input.GetString("Name");
  if (const Record* record = context.store.Find(context.RegionScope(), kDestination, name))
    return *record;
  return ServiceError(
      "ResourceNotFoundException",
      fmt::format("Failed to {} the api-destination(s). An api-destination '{}' does not exist.",
                  verb, name));
}

Answer<void> CheckConnection(Context& context, const json::Object& input) {
  if (!input.Has("ConnectionArn")) return {};
  TL_DO(FindNamed(context, kConnection, NameIn(input.GetString("ConnectionArn")), "Connection"));
  return {};
}

Answer<> CreateApiDestination(Context& context, const json::Object& input) {
  const std::string name(input.GetString("Name"));
  if (context.store.Find(context.RegionScope(), kDestination, name)) {
    return ServiceError("ResourceAlreadyExistsException",
                        fmt::format("ApiDestination {} already exists.", name));
  }
  TL_DO(CheckConnection(context, input));
  const std::string resource = fmt::format("api-destination/{}/{}", name, NewUuid(context.random));
  json::Object body{{"Name", name},
                    {"ApiDestinationArn", MakeArn(context, "events", resource)},
                    {"ApiDestinationState", "ACTIVE"},
                    {"InvocationRateLimitPerSecond", kUsualRate},
                    {"CreationTime", Seconds(context)},
                    {"LastModifiedTime", Seconds(context)}};
  CopyGiven(input,
            {"Description", "ConnectionArn", "InvocationEndpoint", "HttpMethod",
             "InvocationRateLimitPerSecond"},
            body);
  json::Object answer = body;
  context.store.Put(context.RegionScope(), kDestination,
                    {.id = name, .parent = "", .name = name, .body = std::move(body)});
  return answer;
}

Answer<> DescribeApiDestination(Context& context, const json::Object& input) {
  TL_TRY(const Record destination, FindDestination(context, input, "describe"));
  return destination.body;
}

Answer<> UpdateApiDestination(Context& context, const json::Object& input) {
  TL_TRY(Record destination, FindDestination(context, input, "update"));
  TL_DO(CheckConnection(context, input));
  CopyGiven(input,
            {"Description", "ConnectionArn", "InvocationEndpoint", "HttpMethod",
             "InvocationRateLimitPerSecond"},
            destination.body);
  destination.body.Set("LastModifiedTime", Seconds(context));
  json::Object answer = destination.body;
  context.store.Put(context.RegionScope(), kDestination, std::move(destination));
  return answer;
}

Answer<> DeleteApiDestination(Context& context, const json::Object& input) {
  TL_TRY(const Record destination, FindDestination(context, input, "delete"));
  context.store.Delete(context.RegionScope(), kDestination, destination.id);
  return json::Object();
}

Answer<> ListApiDestinations(Context& context, const json::Object& input) {
  const auto keep = [&](const Record& destination) {
    return !input.Has("ConnectionArn") ||
           destination.body.GetString("ConnectionArn") == input.GetString("ConnectionArn");
  };
  return ListNamed(context, input,
                   {.kind = kDestination, .parent = {}, .list = "ApiDestinations", .keep = keep});
}

// ---- calling

// Endpoint and method beside the connection.
Answer<> Prepare(Context& context, const std::string& arn) {
  TL_TRY(const Record destination, FindNamed(context, kDestination, NameIn(arn), "ApiDestination"));
  TL_TRY(json::Object prepared,
         ReadConnection(context, destination.body.GetString("ConnectionArn")));
  prepared.Set("Url", destination.body.GetString("InvocationEndpoint"));
  prepared.Set("Method", destination.body.GetString("HttpMethod"));
  return prepared;
}

// "*" of a URL is a path parameter.
std::string FillPath(std::string url, const json::Object& http) {
  for (const json::Value& value : http.GetArray("PathParameterValues")) {
    const std::size_t star = url.find('*');
    if (star == std::string::npos) break;
    url.replace(star, 1, PercentEncode(value.AsString()));
  }
  return url;
}

net::Request MakeRequest(const json::Object& prepared, const Delivery& delivery, std::string& url) {
  const json::Object& http = delivery.target.GetObject("HttpParameters");
  url = FillPath(std::string(prepared.GetString("Url")), http);
  net::Request request;
  request.method = prepared.GetString("Method");
  request.body = delivery.input;
  request.headers.Set("Content-Type", "application/json; charset=utf-8");
  request.headers.Set("User-Agent", "Amazon/EventBridge/ApiDestinations");
  for (const json::Member& one : http.GetObject("HeaderParameters"))
    request.headers.Set(one.key, one.value.AsString());
  for (const json::Member& one : http.GetObject("QueryStringParameters"))
    AddUrlParameter(url, one.key, one.value.AsString());
  AddInvocationParameters(prepared, request, url);
  return request;
}

constexpr Operation kOperations[] = {
    {.name = "CreateApiDestination", .handle = CreateApiDestination},
    {.name = "DeleteApiDestination", .handle = DeleteApiDestination},
    {.name = "DescribeApiDestination", .handle = DescribeApiDestination},
    {.name = "ListApiDestinations", .handle = ListApiDestinations},
    {.name = "UpdateApiDestination", .handle = UpdateApiDestination},
};
static_assert(InOrder(kOperations));

}  // namespace

net::aw<Answer<>> SendToDestination(WaitContext context, Delivery delivery) {
  const std::string arn(delivery.target.GetString("Arn"));
  const auto prepare = [&arn](Context& state) { return Prepare(state, arn); };
  TL_CO_TRY(const json::Object prepared, context.State(prepare));
  std::string url;
  net::Request request = MakeRequest(prepared, delivery, url);
  const auto authorization = co_await AuthorizationOf(context, prepared);
  if (!authorization) co_return authorization.error();
  for (const auto& [name, value] : *authorization) request.headers.Set(name, value);
  const auto answer = co_await SendToLoopback(context, url, std::move(request));
  if (!answer) co_return answer.error();
  if (answer->status < 400) co_return json::Object();
  ServiceError error("ApiDestinationError", fmt::format("{} answered {}", url, answer->status));
  // 409, 429 and 5xx are tried again, as documented.
  const bool again = answer->status == 409 || answer->status == 429 || answer->status >= 500;
  co_return std::move(error).WithStatus(again ? 503 : 400);
}

constinit const Family kDestinationOperations = kOperations;

}  // namespace trunkline::cloud::events
