// Serving the clients of APIs: what the gateway hands over when a request is for an API.
#pragma once

#include <optional>

#include "cloud/authenticate.h"
#include "cloud/engine.h"
#include "net/async.h"
#include "net/http.h"

namespace trunkline::cloud::execute_api {

bool IsForApi(Store& store, const net::Request& request);

// Always an answer. `engine` and `authenticator` outlive it.
net::aw<net::Response> Serve(Engine& engine, Authenticator& authenticator, net::Request request);
// Of a client within the cloud, who is known already or nobody.
net::aw<net::Response> ServeInner(Engine& engine, std::optional<Caller> client,
                                  net::Request request);

}  // namespace trunkline::cloud::execute_api
