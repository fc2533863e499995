// Which AWS a command talks to, and what to say when nobody is there.
#pragma once

#include <string>

#include "app/world.h"
#include "base/result.h"

namespace trunkline::app {

// `given`, else AWS_ENDPOINT_URL; empty: AWS's own.
std::string EndpointUrl(const AppWorld& world, const std::string& given);

// Whether `given`, of an option, is a URL at all; empty is none given.
Result<void> CheckEndpointUrl(const std::string& given);

// An embedded cloud is on this machine; AWS never is.
bool IsLoopback(const std::string& endpoint_url);

// `error` with what to do, when it says that nothing answers at `endpoint_url` on this machine.
Error WithWayOut(Error error, const std::string& endpoint_url);

}  // namespace trunkline::app
