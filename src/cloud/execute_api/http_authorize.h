// Who may call a route of an HTTP API.
#pragma once

#include <optional>

#include "cloud/execute_api/call.h"
#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

// Nothing: the call goes on, with what the authorizer said of the caller in it. `authorizer` is the
// route's, or empty. References must outlive it.
net::aw<std::optional<net::Response>> AuthorizeHttp(WaitContext context, ApiCall& call,
                                                    const json::Object& route,
                                                    const json::Object& authorizer);

}  // namespace trunkline::cloud::execute_api
