// Token buckets: how often each operation may be called, per account and Region.
//
// A bucket starts at the documented quota. A throttling answer halves its rate and empties it;
// every success gives a little back. Operations without a documented quota have no bucket until
// they are throttled first. Waiting is the caller's: Reserve takes a token, or promises one, and
// says how long to wait for it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace trunkline::aws {

struct Quota {
  double rate = 0;   // calls a second
  double burst = 0;  // so many at once
};
// What an account was granted beyond the documented quotas, by "service:Operation"
// ("connect:CreateQueue").
using Quotas = std::map<std::string, Quota, std::less<>>;

// Sources: the Amazon Connect administrator guide (quotas of the API), April 2023.
std::optional<Quota> DocumentedQuota(std::string_view service, std::string_view operation);

class TokenBucket {
 public:
  TokenBucket(Quota quota, TimePoint now)
      : quota_(quota), rate_(quota.rate), tokens_(quota.burst), at_(now) {}

  // How long to wait before the call; calls are served in the order they reserve.
  Milliseconds Reserve(TimePoint now);
  void Throttled(TimePoint now);
  void Succeeded();
  double rate() const { return rate_; }

 private:
  void Refill(TimePoint now);

  Quota quota_;
  double rate_;    // calls a second, at most the quota's
  double tokens_;  // below zero: calls that wait
  TimePoint at_;
};

class RateLimits {
 public:
  explicit RateLimits(Quotas granted = {}) : granted_(std::move(granted)) {}

  Milliseconds Reserve(std::string_view account, std::string_view region, std::string_view service,
                       std::string_view operation, TimePoint now);
  void Throttled(std::string_view account, std::string_view region, std::string_view service,
                 std::string_view operation, TimePoint now);
  void Succeeded(std::string_view account, std::string_view region, std::string_view service,
                 std::string_view operation);

 private:
  std::optional<Quota> QuotaOf(std::string_view service, std::string_view operation) const;

  Quotas granted_;
  std::map<std::string, TokenBucket, std::less<>> buckets_;
};

}  // namespace trunkline::aws
