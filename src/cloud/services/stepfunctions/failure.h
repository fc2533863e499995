// Failure: why a state did not do what it is for: the error's name, which Retry and Catch go by,
// and the cause people read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::cloud::stepfunctions {

inline constexpr std::string_view kRuntime = "States.Runtime";
inline constexpr std::string_view kTimeout = "States.Timeout";
inline constexpr std::string_view kQueryError = "States.QueryEvaluationError";
inline constexpr std::string_view kDataLimit = "States.DataLimitExceeded";

struct Failure {
  std::string error;
  std::optional<std::string> cause = {};
  // The cause is told with the state in front: "An error occurred while executing the state ...".
  // Not so what a task answered with, nor the Cause of a Fail state.
  bool in_state = false;
  std::string also = {};      // a second name that ErrorEquals may use: States.HeartbeatTimeout
  std::string location = {};  // of a JSONata expression: "Output/total"
  // It is told as if the state had not been entered: the items of a Map (seen).
  bool before_entry = false;
};

template <class T = json::Value>
using Outcome = Result<T, Failure>;

inline Failure InState(std::string_view error, std::string cause) {
  return {.error = std::string(error), .cause = std::move(cause), .in_state = true};
}
// Neither retried nor caught, by whatever name.
inline Failure RuntimeFailure(std::string cause) {
  return InState(kRuntime, std::move(cause));
}

}  // namespace trunkline::cloud::stepfunctions
