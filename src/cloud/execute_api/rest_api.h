// REST APIs: the way of a request through its stage's deployment.
#pragma once

#include "cloud/execute_api/call.h"
#include "cloud/execute_api/locate.h"
#include "cloud/execute_api/rest_method.h"
#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

// `call` must outlive it.
net::aw<net::Response> ServeRestApi(WaitContext context, ApiCall& call, Place place);

// From the method on, without asking who calls: for TestInvokeMethod. References must outlive it.
net::aw<net::Response> ServeRestMethod(WaitContext context, ApiCall& call, const RestMethod& met);

}  // namespace trunkline::cloud::execute_api
