// Running a function once, in a warm process or a new one: what all invocations do.
#pragma once

#include <string>

#include "cloud/services/lambda/records.h"
#include "cloud/services/lambda/sandbox.h"
#include "cloud/wait.h"

namespace trunkline::cloud::lambda {

struct Target {
  Resolved function;
  std::string arn;          // without qualifier
  std::string invoked_arn;  // as the caller named it
  std::size_t limit = 0;    // invocations under way
};

// ResourceNotFoundException; ResourceConflictException: it is not Active.
Answer<Target> FindTarget(const WaitContext& context, const json::Object& input);

struct RunOrder {
  std::string payload;  // JSON; empty: an empty object
  std::string client_context;
  std::string request_id;
};

struct Ran {
  Outcome outcome;
  std::string log;
};

// TooManyRequestsException: as many as may are under way. What the function does wrong is no error
// but its outcome.
net::aw<Answer<Ran>> Run(WaitContext context, Target target, RunOrder order);

}  // namespace trunkline::cloud::lambda
