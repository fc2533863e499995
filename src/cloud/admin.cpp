#include "cloud/admin.h"

#include <algorithm>
#include <utility>

#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::cloud {
namespace {

constexpr std::string_view kRoot = "/_trunkline";

bool IsLoopback(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1) == "[::1]";
  const std::string_view name = host.substr(0, host.find(':'));
  return name == "localhost" || name == "127.0.0.1";
}

// A browser names the page that sends a request, and the host it believes to talk to: both must be
// this machine, or a page of the Internet could reset the cloud.
bool ComesFromElsewhere(const net::Request& request) {
  const auto host = request.headers.Find("Host");
  if (host && !IsLoopback(*host)) return true;
  const auto origin = request.headers.Find("Origin");
  if (!origin) return false;
  const auto url = net::ParseUrl(*origin);
  return !url || !IsLoopback(url->host);
}

net::Response Fail(int status, std::string_view message) {
  return JsonResponse(status, json::Object{{"message", message}});
}

net::aw<net::Response> ShowHealth(Engine& engine, net::Request request) {
  if (request.method != "GET") co_return WrongMethod(request, "GET");
  json::Array services;
  for (const Service* service : engine.dispatch.services()) services.emplace_back(service->model);
  json::Object body{
      {"status", "running"}, {"endpoint", engine.endpoint}, {"services", std::move(services)}};
  co_return JsonResponse(200, body);
}

// How much there is of what, never what is in it: records hold secrets.
net::aw<net::Response> ShowState(Engine& engine, net::Request request) {
  if (request.method != "GET") co_return WrongMethod(request, "GET");
  json::Array resources;
  for (const RecordCount& row : engine.store.Count()) {
    json::Object one{{"account", row.scope.account},
                     {"region", row.scope.region},
                     {"service", row.service},
                     {"kind", row.kind},
                     {"count", row.count}};
    resources.emplace_back(std::move(one));
  }
  json::Object body{{"data", engine.store.folder()},
                    {"pendingJobs", engine.jobs.pending()},
                    {"resources", std::move(resources)}};
  co_return JsonResponse(200, body);
}

net::aw<net::Response> ResetAll(Engine& engine, net::Request request) {
  if (request.method != "POST") co_return WrongMethod(request, "POST");
  const auto done = engine.Reset();
  if (!done) co_return Fail(500, done.error().message());
  co_return JsonResponse(200, json::Object{{"status", "reset"}});
}

}  // namespace

constinit const AdminRoute kHealthAdminRoute{.prefix = "/_trunkline/health", .handle = ShowHealth};
constinit const AdminRoute kResetAdminRoute{.prefix = "/_trunkline/reset", .handle = ResetAll};
constinit const AdminRoute kStateAdminRoute{.prefix = "/_trunkline/state", .handle = ShowState};

std::span<const AdminRoute* const> AllAdminRoutes() {
#define TL_ADDRESS_OF_ADMIN_ROUTE(name) &k##name##AdminRoute,
  static constexpr const AdminRoute* kRoutes[] = {TL_CLOUD_ADMIN_ROUTES(TL_ADDRESS_OF_ADMIN_ROUTE)};
#undef TL_ADDRESS_OF_ADMIN_ROUTE
  return kRoutes;
}

bool IsAdminPath(std::string_view path) {
  return path.starts_with(kRoot) && (path.size() == kRoot.size() || path[kRoot.size()] == '/');
}

net::aw<net::Response> HandleAdmin(Engine& engine, net::Request request) {
  if (ComesFromElsewhere(request)) co_return Fail(403, "this page answers to this machine only");
  const std::string_view path = request.path();
  for (const AdminRoute* route : AllAdminRoutes()) {
    const std::string_view prefix = route->prefix;
    if (!path.starts_with(prefix) || (path.size() > prefix.size() && path[prefix.size()] != '/'))
      continue;
    co_return co_await route->handle(engine, std::move(request));
  }
  co_return Fail(404, fmt::format("there is no page '{}'", path));
}

net::Response WrongMethod(const net::Request& request, std::string_view expected) {
  net::Response response =
      Fail(405, fmt::format("expected {} {} but got {}", expected, request.path(), request.method));
  response.headers.Set("Allow", expected);
  return response;
}

net::Response JsonResponse(int status, const json::Object& body) {
  net::Response response;
  response.status = status;
  response.headers.Set("Content-Type", "application/json");
  response.body = json::Write(body);
  return response;
}

}  // namespace trunkline::cloud
