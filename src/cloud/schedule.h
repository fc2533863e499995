// Schedules as EventBridge and Secrets Manager write them: rate(5 minutes), cron(0 12 * * ? *).
// UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace trunkline::cloud {

class Schedule {
 public:
  // Nothing: not a schedule. A rate is at least a minute; "rate(1 minutes)" is refused, as by AWS.
  static std::optional<Schedule> Read(std::string_view text);

  // The first time after `time`. Nothing: a cron whose years have passed.
  std::optional<TimePoint> After(TimePoint time) const;

 private:
  std::int64_t every_minutes_ = 0;  // a rate; 0: a cron
  std::uint64_t minutes_ = 0;       // bits
  std::uint64_t hours_ = 0;
  std::uint64_t months_ = 0;    // bit 1 is January
  std::uint64_t days_ = 0;      // of the month, bit 1 is the first; 0: days of the week count
  std::uint64_t weekdays_ = 0;  // bit 1 is Sunday
  bool last_day_ = false;       // L in the days of the month
  int near_day_ = 0;            // 15W
  int nth_ = 0;                 // 2#1: with weekdays_; -1: 6L, the last one
  int first_year_ = 1970;
  int last_year_ = 2199;
  int year_step_ = 1;

  bool ReadRate(std::string_view text);
  bool ReadCron(std::string_view text);
  bool ReadDays(std::string_view text);
  bool ReadWeekdays(std::string_view text);
  bool ReadYears(std::string_view text);
  bool FitsDay(int year, unsigned month, unsigned day) const;
};

}  // namespace trunkline::cloud
