// Time, passed in. Clock is what programs ask; ManualClock is its twin for tests and ticks when
// told.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace trunkline {

using TimePoint = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint Now() const = 0;
};

class SystemClock final : public Clock {
 public:
  TimePoint Now() const override;
};

class ManualClock final : public Clock {
 public:
  explicit ManualClock(TimePoint now) : now_(now) {}
  TimePoint Now() const override { return now_; }
  void Advance(Milliseconds by) { now_ += by; }

 private:
  TimePoint now_;
};

std::string ToIso8601(
    TimePoint time);  // 2026-11-22T20:35:18Z, with .123 only when there are milliseconds
std::string ToIso8601Basic(TimePoint time);  // 20261122T203518Z, as signatures have it
std::string ToHttpDate(TimePoint time);      // Sun, 22 Nov 2026 20:35:18 GMT
std::optional<TimePoint> ParseIso8601(
    std::string_view text);  // both forms above, with Z, offsets, fractions
std::optional<TimePoint> ParseHttpDate(std::string_view text);  // the form above only
std::string EpochSeconds(
    TimePoint time);  // "1732315200" or "1732315200.123": AWS's JSON timestamps
TimePoint FromEpochSeconds(double seconds);
// "40 ms", "0.4 s", "12 s", "3 min 5 s", "2 h 4 min": for people.
std::string ToDurationText(Milliseconds duration);

}  // namespace trunkline
