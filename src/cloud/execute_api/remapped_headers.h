// Headers that API Gateway gives another name, or does not let through.
#pragma once

#include <string>
#include <string_view>

#include "net/http.h"

namespace trunkline::cloud::execute_api {

// The name under which a header of an integration's answer reaches the client:
// "x-amzn-Remapped-<name>" where the gateway has one of its own. Empty: it does not (seen).
// `proxy`: an HTTP_PROXY's answer, else one that a response parameter sets.
std::string ClientHeader(std::string_view name, bool proxy);

// The answer of a server to a client.
void RemapHeaders(net::Headers& headers);

// Whether a request parameter may set the header of an integration's request; those of an AWS
// integration are signed (seen).
bool MaySetHeader(std::string_view name, bool aws);

// What a client says about its own connection and body: a server behind an API is not told (seen).
void RemoveClientHeaders(net::Headers& headers);

}  // namespace trunkline::cloud::execute_api
