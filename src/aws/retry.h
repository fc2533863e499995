// Retrying, as the official SDKs' standard mode does: throttling and transient errors only, full
// jitter, and a budget that a client which fails all the time uses up.
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "net/http.h"

namespace trunkline::aws {

// Whether another attempt may do better. `status` 0: there was no answer.
bool IsWorthRetrying(const Error& error, int status);
// Whether the credentials were too old.
bool IsExpired(const Error& error);

// Before attempt `attempt` + 1 (the first is 1): between nothing and min(20 s, 2^(attempt - 1) s);
// at least what the answer's Retry-After says, up to a minute.
Milliseconds BackOff(int attempt, const net::Headers& headers, Random& random);

// Retries cost, successes pay back.
class RetryBudget {
 public:
  bool Take();  // false: used up
  void Succeeded(bool after_retry);

 private:
  static constexpr int kCapacity = 500;
  static constexpr int kCost = 5;
  int left_ = kCapacity;
};

}  // namespace trunkline::aws
