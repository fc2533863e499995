// Asynchronous invocations: queued, run, tried again, and what became of them told to destinations.
#pragma once

#include <string>

#include "cloud/services/lambda/event_invoke.h"
#include "cloud/wait.h"

namespace trunkline::cloud::lambda {

// The answer of Invoke. `input` is its input; the job that runs the function survives a restart.
Answer<> QueueEvent(const WaitContext& context, const json::Object& input,
                    const std::string& request_id);

// What became of one.
struct Ended {
  std::string condition;  // "Success", "RetriesExhausted", ...
  std::string request_id;
  std::string payload;     // what the function was called with
  std::int64_t count = 0;  // how often it was called
  json::Object response;   // "responseContext" of the last time; empty: never
  std::string answer;      // JSON, the last time
  bool failed() const { return condition != "Success"; }
};

// Hands it to the destination that the configuration names, and a failed event to the function's
// dead-letter queue, in the function's role. What cannot be handed over is logged and lost, as on
// AWS.
net::aw<void> TellDestinations(WaitContext context, Resolved function, EventInvoke rules,
                               Ended ended);

}  // namespace trunkline::cloud::lambda
