// HTTP APIs: the way of a request through its stage's deployment.
#pragma once

#include "cloud/execute_api/call.h"
#include "cloud/execute_api/locate.h"
#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

// `call` must outlive it; it learns the stage, the route and what the authorizer said.
net::aw<net::Response> ServeHttpApi(WaitContext context, ApiCall& call, Place place);

}  // namespace trunkline::cloud::execute_api
