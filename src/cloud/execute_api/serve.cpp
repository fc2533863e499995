#include "cloud/execute_api/serve.h"

#include <fmt/format.h>

#include "aws/sigv4.h"
#include "base/hash.h"
#include "base/text.h"
#include "cloud/callers.h"
#include "cloud/execute_api/answer.h"
#include "cloud/execute_api/call.h"
#include "cloud/execute_api/function_url.h"
#include "cloud/execute_api/http_api.h"
#include "cloud/execute_api/locate.h"
#include "cloud/execute_api/rest_api.h"
#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {
namespace {

// "JKJaXmPLvHcESHA=": 11 bytes in Base64, as the gateway's own ids look.
std::string NewExtendedId(Random& random) {
  constexpr std::size_t kLength = 15;
  return NewToken(random, kLength, kAlphanumeric) + "=";
}

std::string NewTraceId(Random& random, TimePoint time) {
  constexpr std::size_t kLength = 24;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch());
  return fmt::format("Root=1-{:08x}-{}", seconds.count(),
                     NewToken(random, kLength, "0123456789abcdef"));
}

// What a load balancer in front would add.
void AddForwarded(ApiCall& call, std::string_view port) {
  if (!call.headers.Has("X-Amzn-Trace-Id")) call.headers.Add("X-Amzn-Trace-Id", call.trace_id);
  const std::string_view before = call.headers.Get("X-Forwarded-For");
  call.headers.Set("X-Forwarded-For",
                   before.empty() ? call.peer : fmt::format("{}, {}", before, call.peer));
  if (!call.headers.Has("X-Forwarded-Port")) call.headers.Add("X-Forwarded-Port", port);
  if (!call.headers.Has("X-Forwarded-Proto")) call.headers.Add("X-Forwarded-Proto", "http");
}

ApiCall MakeCall(Engine& engine, const Address& address, const Place& place,
                 net::Request& request) {
  ApiCall call;
  call.scope = address.scope;
  call.api_id = place.api_id;
  call.method = request.method;
  call.path = place.path;
  call.base_path = place.base_path;
  call.query = request.query();
  call.peer = request.peer.empty() ? "127.0.0.1" : request.peer;
  call.domain_name = request.headers.Get("Host");
  call.domain_prefix = place.domain_prefix;
  call.request_id = NewUuid(engine.random);
  call.extended_id = NewExtendedId(engine.random);
  call.time = engine.clock.Now();
  call.trace_id = NewTraceId(engine.random, call.time);
  call.headers = std::move(request.headers);
  call.body = std::move(request.body);
  const std::string& endpoint = engine.endpoint;
  AddForwarded(call, std::string_view(endpoint).substr(endpoint.rfind(':') + 1));
  return call;
}

bool IsSigned(const net::Request& request) {
  return request.headers.Get("Authorization").starts_with("AWS4-HMAC-SHA256") ||
         request.query().find("X-Amz-Signature=") != std::string_view::npos;
}

// Who signed the request, if anybody did; only routes with AWS_IAM ask.
void ReadSigner(Engine& engine, Authenticator& authenticator, const net::Request& request,
                std::optional<Caller>& signer, std::string& fault) {
  if (!IsSigned(request)) return;
  auto authorization = aws::ReadAuthorization(request);
  if (!authorization) {
    fault = authorization.error().message();
    return;
  }
  Identity identity;
  identity.model = engine.dispatch.models().Find("apigatewayv2");
  identity.authorization = std::move(*authorization);
  auto caller = authenticator.Authenticate(request, identity, engine.real_clock.Now());
  if (caller) {
    signer = std::move(*caller);
  } else {
    fault = caller.error().message;
  }
}

// Who calls, as far as it can be told.
struct Client {
  Client() = default;
  std::optional<Caller> signer;
  std::string fault;  // why the signature of the request is not one
};

net::aw<net::Response> ServeClient(Engine& engine, Client client, net::Request request) {
  std::optional<Place> place = LocateApi(engine.store, request);
  const std::optional<Address> address =
      place ? FindAddress(engine.store, place->api_id) : std::nullopt;
  const bool function = address && address->protocol == kFunctionProtocol;
  if (place && place->function && !function) co_return NoFunctionUrl();
  // Seen: the answer to a host of an API that is not there, or a path that no mapping knows.
  if (!place || !address || address->protocol == "DOMAIN" || function != place->function)
    co_return MessageAnswer(403, "Forbidden");
  ApiCall call = MakeCall(engine, *address, *place, request);
  call.iam = std::move(client.signer);
  call.signature_fault = std::move(client.fault);
  WaitContext context(engine, RootCaller(address->scope.account), address->scope.region,
                      call.request_id);
  if (function) co_return co_await ServeFunctionUrl(std::move(context), call);
  if (address->protocol == "HTTP")
    co_return co_await ServeHttpApi(std::move(context), call, std::move(*place));
  co_return co_await ServeRestApi(std::move(context), call, std::move(*place));
}

}  // namespace

bool IsForApi(Store& store, const net::Request& request) {
  return LocateApi(store, request).has_value();
}

net::aw<net::Response> Serve(Engine& engine, Authenticator& authenticator, net::Request request) {
  Client client;
  ReadSigner(engine, authenticator, request, client.signer, client.fault);
  co_return co_await ServeClient(engine, std::move(client), std::move(request));
}

net::aw<net::Response> ServeInner(Engine& engine, std::optional<Caller> client,
                                  net::Request request) {
  Client known;
  known.signer = std::move(client);
  co_return co_await ServeClient(engine, std::move(known), std::move(request));
}

}  // namespace trunkline::cloud::execute_api
