#include "aws/retry.h"

#include <algorithm>

#include "base/text.h"

namespace trunkline::aws {

bool IsRetryable(const Error& error, int status) {
  if (error.kind() == ErrorKind::kThrottled) return true;
  if (status == 0) return error.kind() == ErrorKind::kUnreached;  // no answer at all
  return status == 500 || status == 502 || status == 503 || status == 504;
}

Milliseconds BackOff(int next, const net::Response* response, Random& random) {
  constexpr std::int64_t kMost = 20000;
  const std::int64_t limit = std::min<std::int64_t>(kMost, 100LL << std::min(next - 1, 10));
  std::int64_t pause =
      static_cast<std::int64_t>(UniformBelow(random, static_cast<std::uint64_t>(limit) + 1));
  if (response != nullptr) {
    const auto seconds = ToInt(response->headers.Get("Retry-After"));
    if (seconds) pause = std::max(pause, std::clamp<std::int64_t>(*seconds * 1000, 0, kMost));
  }
  return Milliseconds(pause);
}

}  // namespace trunkline::aws
