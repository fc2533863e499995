// The cloud's own pages below /_trunkline/: health, state, reset, and those that other files add to
// the list.
//
// They need no signature; a request that a browser sends for a page of elsewhere is refused. To add
// one: define a `constinit const AdminRoute k<Name>AdminRoute` and add a line here.
#pragma once

#include <span>
#include <string_view>

#include "base/error.h"
#include "cloud/engine.h"
#include "net/async.h"
#include "net/http.h"

#define TL_CLOUD_ADMIN_ROUTES(X) \
  X(Access)                      \
  X(Cloudformation)              \
  X(Connections)                 \
  X(Contacts)                    \
  X(EcrLayer)                    \
  X(Faults)                      \
  X(Git)                         \
  X(Github)                      \
  X(Health)                      \
  X(LambdaCode)                  \
  X(Notifications)               \
  X(Repositories)                \
  X(Reset)                       \
  X(Services)                    \
  X(State)

namespace trunkline::cloud {

// Serves `prefix` and everything below it ("/_trunkline/health", "/_trunkline/health/x").
struct AdminRoute {
  std::string_view prefix;
  net::aw<net::Response> (*handle)(Engine& engine, net::Request request);
};

#define TL_DECLARE_ADMIN_ROUTE(name) extern constinit const AdminRoute k##name##AdminRoute;
TL_CLOUD_ADMIN_ROUTES(TL_DECLARE_ADMIN_ROUTE)
#undef TL_DECLARE_ADMIN_ROUTE

std::span<const AdminRoute* const> AllAdminRoutes();

bool IsAdminPath(std::string_view path);
// Answers a request below /_trunkline; 404 when no route serves it.
net::aw<net::Response> HandleAdmin(Engine& engine, net::Request request);

// Answers 405 and says what was expected: "GET", "GET, POST".
net::Response WrongMethod(const net::Request& request, std::string_view expected);
// {"message": ...}; of an error with the status of its kind.
net::Response FailResponse(int status, std::string_view message);
net::Response FailResponse(const Error& error);
// A JSON answer, for the pages.
net::Response JsonResponse(int status, const json::Object& body);

}  // namespace trunkline::cloud
