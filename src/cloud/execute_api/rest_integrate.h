// Integrations of REST APIs: functions and HTTP servers, each as they are or through templates, and
// mocks.
#pragma once

#include "cloud/execute_api/rest_method.h"
#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

// Always an answer. References must outlive it.
net::aw<net::Response> IntegrateRest(WaitContext context, ApiCall& call, const RestMethod& met);

}  // namespace trunkline::cloud::execute_api
