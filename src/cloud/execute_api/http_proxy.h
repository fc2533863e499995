// Integrations that are HTTP servers: of this machine only, nothing leaves it.
#pragma once

#include <string>

#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

struct Proxied {
  enum class End { kDone, kTimedOut, kUnreached };
  End end = End::kUnreached;
  net::Response response;
  std::string reason;  // why nobody answered
};

// `request` is sent to the origin of `url`; its target is the url's, with `query` behind it.
net::aw<Proxied> SendToServer(WaitContext context, std::string url, net::Request request,
                              Milliseconds limit);

// Headers that are about one connection, and Host: they are not handed on.
void RemoveHopHeaders(net::Headers& headers);

}  // namespace trunkline::cloud::execute_api
