// HTTP to programs of this machine: webhooks of topics and API destinations. What is not loopback
// is refused: nothing leaves the machine.
#pragma once

#include <string>

#include "cloud/wait.h"

namespace trunkline::cloud {

bool IsLoopbackUrl(std::string_view url);

// Sends `request` to the origin of `url`; a target of "/" becomes the url's. ValidationException:
// not a loopback URL, or nobody answers.
net::aw<Answer<net::Response>> SendToLoopback(WaitContext context, std::string url,
                                              net::Request request);

}  // namespace trunkline::cloud
