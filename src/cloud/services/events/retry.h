// When a delivery that failed is tried again: EventBridge's rules, which its Scheduler shares.
#pragma once

#include <cstdint>
#include <optional>

#include "cloud/context.h"

namespace trunkline::cloud::events {

// How often and for how long, as RetryPolicy says: 185 times within a day without one.
struct Attempts {
  std::int64_t made = 0;  // retries so far
  TimePoint accepted;     // when the first was due
};

// The time of the next attempt; nothing: what failed will go on failing, or there were enough.
std::optional<TimePoint> NextAttempt(const ServiceError& error, const json::Object& retry_policy,
                                     const Attempts& attempts, TimePoint now);

}  // namespace trunkline::cloud::events
