// Actions of other services that a method calls: "arn:aws:apigateway:<region>:states:action/
// StartExecution". The request's template is the action's input, JSON as the service speaks it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

struct ServiceAction {
  std::string region;
  std::string service;  // the model's name
  std::string action;
};

// Nothing: it names no action, or one of a service that is not reached this way.
std::optional<ServiceAction> ReadActionUri(std::string_view uri);

struct ActionCall {
  ServiceAction action;
  std::string source_arn;   // the method's: what the role's trust may ask for
  std::string credentials;  // a role's ARN
  std::string input;        // JSON
  Milliseconds limit{0};
};

// What the service answered: its output, or its error as JSON with __type and message. No status:
// it was not asked; `body` says why, for logs.
struct ActionAnswer {
  int status = 0;
  bool timed_out = false;
  std::string body;
};

net::aw<ActionAnswer> CallAction(WaitContext context, ActionCall call);

}  // namespace trunkline::cloud::execute_api
