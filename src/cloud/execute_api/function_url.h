// Functions behind URLs of their own.
//
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html (documented, seen): payload
// format 2.0 with the stage and route "$default". Paths stay as they are on the wire.
#pragma once

#include "cloud/execute_api/call.h"
#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

// There is no such URL.
net::Response NoFunctionUrl();

// `call.api_id` is the URL's id. Always an answer.
net::aw<net::Response> ServeFunctionUrl(WaitContext context, ApiCall& call);

}  // namespace trunkline::cloud::execute_api
