// How asynchronous invocations of a function, version or alias are tried again, and whom their
// results are told.
//
//   event-invoke  id = name:qualifier   parent = name; body: as the wire has it
#pragma once

#include <chrono>
#include <string>

#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {

inline constexpr Kind kEventInvoke{"lambda", "event-invoke"};

struct EventInvoke {
  std::string function_arn;  // with its qualifier, "$LATEST" where none was named
  std::int64_t retries = 2;
  std::chrono::seconds age = std::chrono::hours(6);
  std::string on_success;  // ARNs, or empty
  std::string on_failure;
};

// What holds for invocations by that name: its configuration, or the defaults.
EventInvoke FindEventInvoke(Context& context, const Name& name);

// All of a function's, or those of a version or alias that is deleted.
void DropEventInvokes(Context& context, const Name& name);

}  // namespace trunkline::cloud::lambda
