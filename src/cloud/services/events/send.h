// Handing an event to one target.
#pragma once

#include <string>

#include "cloud/wait.h"

namespace trunkline::cloud::events {

struct Delivery {
  json::Object target;  // as it was put
  json::Object event;
  std::string input;  // what the target is given
  std::string rule_arn;
  // Who delivers: the Scheduler does it for its schedules, too.
  std::string_view service = "events.amazonaws.com";
};

// Calls the target's service through dispatch as the target's role (the account's root without
// one).
net::aw<Answer<>> SendTo(WaitContext context, Delivery delivery);

// API destinations: HTTP to a program of this machine, with the connection's authorization.
net::aw<Answer<>> SendToDestination(WaitContext context, Delivery delivery);

}  // namespace trunkline::cloud::events
