// Invoking functions for an API, as AWS does: the function's policy must let API Gateway, for the
// route's ARN; with credentials the role's permissions count instead.
#pragma once

#include <string>

#include "cloud/execute_api/call.h"
#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

struct Invocation {
  std::string function;     // its ARN
  std::string source_arn;   // what the policy's conditions see
  std::string credentials;  // a role's ARN, or empty
  json::Object event;
  std::string text;  // the payload where it is no event of ours: JSON
  Milliseconds limit{0};
  bool asynchronous = false;  // "X-Amz-Invocation-Type: Event"
};

// How it ended. `payload` is the function's answer or, if it failed, its error.
struct Invoked {
  enum class End { kDone, kFunctionError, kTimedOut, kTooLarge, kRefused };
  End end = End::kRefused;
  std::string payload;
  std::string reason;  // why it was refused: for logs only
};

// A session of the role, as API Gateway takes it for a method.
Answer<Caller> CallerOfRole(const WaitContext& context, const std::string& role,
                            const std::string& source_arn);

net::aw<Invoked> InvokeFunction(WaitContext context, Invocation invocation);

}  // namespace trunkline::cloud::execute_api
