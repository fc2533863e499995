// Pacing: a token bucket for each (account, Region, operation), so that a delivery stays below the
// service's quota instead of being throttled.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace trunkline::aws {

class TokenBucket {
 public:
  TokenBucket(double rate, double burst, TimePoint now)
      : rate_(rate), burst_(burst), tokens_(burst), at_(now) {}

  // Takes a token; how long to wait until it may be used (zero: at once).
  Milliseconds Take(TimePoint now);
  // The service throttled us all the same: somebody else uses the quota too. Half the rate, down to
  // a tenth of the quota.
  void Throttled(TimePoint now);
  // Calls get through: back towards the quota.
  void Succeeded();
  double rate() const { return rate_ * share_; }

 private:
  void Refill(TimePoint now);

  double rate_;  // calls in a second
  double burst_;
  double tokens_;
  double share_ = 1;  // of the quota that is ours
  TimePoint at_;
};

// The documented quota of an operation (Amazon Connect's; other services' control planes are
// generous and answer throttling themselves). rate 0: none is known.
struct Quota {
  double rate = 0;
  double burst = 0;
};
Quota QuotaOf(std::string_view service, std::string_view operation);

// What an account was granted beyond that, by "service:Operation" ("connect:CreateQueue").
using Quotas = std::map<std::string, Quota, std::less<>>;
// The granted quota where there is one, else the documented one.
Quota QuotaOf(std::string_view service, std::string_view operation, const Quotas& granted);

}  // namespace trunkline::aws
