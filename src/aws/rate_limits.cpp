#include "aws/rate_limits.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace trunkline::aws {
namespace {

struct Row {
  std::string_view operation;
  Quota quota;
};

constexpr Quota kConnect{.rate = 2, .burst = 5};
constexpr Quota kConnectFast{.rate = 5, .burst = 8};
constexpr std::string_view kFast[] = {"GetCurrentMetricData", "GetMetricData", "StartChatContact",
                                      "StartContactStreaming", "StopContactStreaming"};
constexpr Row kParticipant[] = {{"CompleteAttachmentUpload", {2, 5}},
                                {"CreateParticipantConnection", {6, 9}},
                                {"DisconnectParticipant", {3, 5}},
                                {"GetAttachment", {8, 12}},
                                {"GetTranscript", {8, 12}},
                                {"SendEvent", {10, 15}},
                                {"SendMessage", {10, 15}},
                                {"StartAttachmentUpload", {2, 5}}};

// Where nothing is documented, this much is tried after the first throttling answer.
constexpr Quota kUnknown{.rate = 10, .burst = 10};
constexpr double kLeastRate = 0.1;

std::string NameOf(std::string_view account, std::string_view region, std::string_view service,
                   std::string_view operation) {
  std::string name;
  for (const std::string_view part : {account, region, service, operation})
    name.append(part).append("\n");
  return name;
}

}  // namespace

std::optional<Quota> DocumentedQuota(std::string_view service, std::string_view operation) {
  if (service == "connect") {
    const bool fast = std::ranges::find(kFast, operation) != std::end(kFast);
    return fast ? kConnectFast : kConnect;
  }
  if (service != "connectparticipant") return std::nullopt;
  const auto found = std::ranges::find(kParticipant, operation, &Row::operation);
  return found == std::end(kParticipant) ? std::nullopt : std::optional<Quota>(found->quota);
}

void TokenBucket::Refill(TimePoint now) {
  const double seconds = std::chrono::duration<double>(now - at_).count();
  if (seconds <= 0) return;
  tokens_ = std::min(quota_.burst, tokens_ + seconds * rate_);
  at_ = now;
}

Milliseconds TokenBucket::Reserve(TimePoint now) {
  Refill(now);
  tokens_ -= 1;
  if (tokens_ >= 0) return Milliseconds(0);
  return Milliseconds(static_cast<std::int64_t>(std::ceil(-tokens_ / rate_ * 1000)));
}

void TokenBucket::Throttled(TimePoint now) {
  Refill(now);
  rate_ = std::max(kLeastRate, rate_ / 2);
  tokens_ = std::min(tokens_, 0.0);
}

void TokenBucket::Succeeded() {
  rate_ = std::min(quota_.rate, rate_ + quota_.rate * 0.05);
}

std::optional<Quota> RateLimits::QuotaOf(std::string_view service,
                                         std::string_view operation) const {
  const auto granted = granted_.find(fmt::format("{}:{}", service, operation));
  return granted == granted_.end() ? DocumentedQuota(service, operation) : granted->second;
}

Milliseconds RateLimits::Reserve(std::string_view account, std::string_view region,
                                 std::string_view service, std::string_view operation,
                                 TimePoint now) {
  std::string name = NameOf(account, region, service, operation);
  auto bucket = buckets_.find(name);
  if (bucket == buckets_.end()) {
    const std::optional<Quota> quota = QuotaOf(service, operation);
    if (!quota) return Milliseconds(0);
    bucket = buckets_.emplace(std::move(name), TokenBucket(*quota, now)).first;
  }
  return bucket->second.Reserve(now);
}

void RateLimits::Throttled(std::string_view account, std::string_view region,
                           std::string_view service, std::string_view operation, TimePoint now) {
  std::string name = NameOf(account, region, service, operation);
  auto bucket = buckets_.find(name);
  if (bucket == buckets_.end())
    bucket = buckets_.emplace(std::move(name), TokenBucket(kUnknown, now)).first;
  bucket->second.Throttled(now);
}

void RateLimits::Succeeded(std::string_view account, std::string_view region,
                           std::string_view service, std::string_view operation) {
  const auto bucket = buckets_.find(NameOf(account, region, service, operation));
  if (bucket != buckets_.end()) bucket->second.Succeeded();
}

}  // namespace trunkline::aws
