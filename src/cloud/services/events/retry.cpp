#include "cloud/services/events/retry.h"

#include <algorithm>

namespace trunkline::cloud::events {
namespace {

constexpr std::int64_t kMostRetries = 185;
constexpr std::int64_t kLongestAge = 86400;  // seconds

// Throttling and faults may pass; what is missing or forbidden stays so.
bool MayPass(const ServiceError& error) {
  return error.status >= 500 || error.code == "ThrottlingException" ||
         error.code == "TooManyRequestsException" || error.code == "ResourceConflictException";
}

// 1 s, 2 s, 4 s ... 5 min.
std::chrono::seconds Pause(std::int64_t attempt) {
  constexpr std::int64_t kLongest = 300;
  return std::chrono::seconds(
      std::min(kLongest, std::int64_t{1} << std::min<std::int64_t>(attempt, 10)));
}

}  // namespace

std::optional<TimePoint> NextAttempt(const ServiceError& error, const json::Object& retry_policy,
                                     const Attempts& attempts, TimePoint now) {
  const TimePoint next = now + Pause(attempts.made);
  const auto age =
      std::chrono::seconds(retry_policy.GetInt("MaximumEventAgeInSeconds", kLongestAge));
  const bool again = MayPass(error) && next < attempts.accepted + age &&
                     attempts.made < retry_policy.GetInt("MaximumRetryAttempts", kMostRetries);
  return again ? std::optional(next) : std::nullopt;
}

}  // namespace trunkline::cloud::events
