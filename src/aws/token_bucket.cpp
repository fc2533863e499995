#include "aws/token_bucket.h"

#include <algorithm>
#include <cmath>

namespace trunkline::aws {

void TokenBucket::Refill(TimePoint now) {
  const double seconds = std::chrono::duration<double>(now - at_).count();
  tokens_ = std::min(burst_, tokens_ + std::max(0.0, seconds) * rate());
  at_ = now;
}

Milliseconds TokenBucket::Take(TimePoint now) {
  Refill(now);
  tokens_ -= 1;  // below zero: the token is one that comes later
  if (tokens_ >= 0) return Milliseconds(0);
  return Milliseconds(static_cast<std::int64_t>(std::ceil(-tokens_ / rate() * 1000)));
}

void TokenBucket::Throttled(TimePoint now) {
  Refill(now);
  share_ = std::max(share_ / 2, 0.1);
  tokens_ = std::min(tokens_, 0.0);
}

void TokenBucket::Succeeded() {
  share_ = std::min(1.0, share_ * 1.05);
}

Quota QuotaOf(std::string_view service, std::string_view operation) {
  if (service != "connect") return {};
  // Amazon Connect administrator guide, service quotas (2023): 2 a second, burst 5; searches of
  // contacts less, contact operations more.
  if (operation == "SearchContacts") return {.rate = 0.5, .burst = 1};
  for (const std::string_view fast : {"GetMetricData", "GetCurrentMetricData", "StartChatContact",
                                      "StartContactStreaming", "StopContactStreaming"}) {
    if (operation == fast) return {.rate = 5, .burst = 8};
  }
  for (const std::string_view contact :
       {"GetContactAttributes", "UpdateContactAttributes", "DescribeContact", "StopContact",
        "UpdateContact", "ListContactReferences", "GetMetricDataV2"}) {
    if (operation == contact) return {.rate = 10, .burst = 15};
  }
  return {.rate = 2, .burst = 5};
}

Quota QuotaOf(std::string_view service, std::string_view operation, const Quotas& granted) {
  const auto found = granted.find(std::string(service) + ":" + std::string(operation));
  return found == granted.end() ? QuotaOf(service, operation) : found->second;
}

}  // namespace trunkline::aws
