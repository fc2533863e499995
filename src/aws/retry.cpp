#include "aws/retry.h"

#include <algorithm>

#include "base/text.h"

namespace trunkline::aws {

bool IsWorthRetrying(const Error& error, int status) {
  if (error.kind() == ErrorKind::kThrottled) return true;
  if (status == 0) return error.kind() == ErrorKind::kUnreached;
  if (status == 500 || status == 502 || status == 503 || status == 504) return true;
  return error.code() == "RequestTimeout" || error.code() == "RequestTimeoutException";
}

bool IsExpired(const Error& error) {
  return error.code() == "ExpiredToken" || error.code() == "ExpiredTokenException" ||
         error.code() == "RequestExpired";
}

Milliseconds BackOff(int attempt, const net::Headers& headers, Random& random) {
  constexpr std::int64_t kLongest = 20'000;
  constexpr std::int64_t kLongestAsked = 60;
  const std::int64_t ceiling =
      attempt > 5 ? kLongest : std::min(kLongest, std::int64_t{1000} << (attempt - 1));
  const auto jitter =
      static_cast<std::int64_t>(UniformBelow(random, static_cast<std::uint64_t>(ceiling) + 1));
  const auto asked = ToInt(Trim(headers.Get("Retry-After")));
  const std::int64_t least = asked && *asked > 0 ? std::min(*asked, kLongestAsked) * 1000 : 0;
  return Milliseconds(std::max(jitter, least));
}

bool RetryBudget::Take() {
  if (left_ < kCost) return false;
  left_ -= kCost;
  return true;
}

void RetryBudget::Succeeded(bool after_retry) {
  left_ = std::min(kCapacity, left_ + (after_retry ? kCost : 1));
}

}  // namespace trunkline::aws
