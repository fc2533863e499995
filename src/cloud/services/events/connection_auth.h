// What a connection adds to a request: its parameters and its authorization. API destinations and
// HTTP tasks of state machines send with it.
#pragma once

#include <string>
#include <string_view>

#include "cloud/wait.h"
#include "net/http.h"

namespace trunkline::cloud::events {

// {"Type", "Parameters"} of a connection, with its secrets, which the context's caller must be
// allowed to read. ResourceNotFoundException; AccessDeniedException: it is not authorized.
Answer<> ReadConnection(Context& context, std::string_view connection_arn);

void AddUrlParameter(std::string& url, std::string_view key, std::string_view value);
// Headers and query of every call that the connection is for.
void AddInvocationParameters(const json::Object& connection, net::Request& request,
                             std::string& url);
// The header that says who sends; for OAuth a token is fetched first, from this machine.
net::aw<Answer<net::Headers>> AuthorizationOf(WaitContext context, json::Object connection);

}  // namespace trunkline::cloud::events
