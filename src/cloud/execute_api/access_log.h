// Access logs: a line for each request, by the stage's format, in a log group of its account.
#pragma once

#include "cloud/execute_api/call.h"
#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

// `settings` with "DestinationArn" and "Format" (HTTP APIs) or the same in lower case (REST).
// Nothing is written where there is none; what cannot be written is told in our own log.
void WriteAccessLog(const WaitContext& context, const json::Object& settings, const ApiCall& call,
                    const net::Response& response, Milliseconds took);

}  // namespace trunkline::cloud::execute_api
