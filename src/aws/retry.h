// Which failures are worth another try, and after what pause: the SDKs' "standard" mode with full
// jitter.
#pragma once

#include <optional>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "net/http.h"

namespace trunkline::aws {

// Throttling answers, 5xx and lost connections.
bool IsRetryable(const Error& error, int status);

// Before attempt `next` (2, 3, ...): evenly drawn from 0 to min(20 s, 100 ms * 2^(next-1)), but no
// less than the answer's Retry-After.
Milliseconds BackOff(int next, const net::Response* response, Random& random);

}  // namespace trunkline::aws
