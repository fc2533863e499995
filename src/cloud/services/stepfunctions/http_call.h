// The HTTP of Task states: apigateway:invoke calls an API of this cloud, http:invoke a server of
// this machine with an EventBridge connection
// (https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html and
// .../call-https-apis.html, and seen).
#pragma once

#include "cloud/services/stepfunctions/tasks.h"

namespace trunkline::cloud::stepfunctions {

net::aw<Outcome<CallResult>> CallApi(WaitContext context, json::Value arguments);
net::aw<Outcome<CallResult>> CallHttp(WaitContext context, json::Value arguments);

}  // namespace trunkline::cloud::stepfunctions
