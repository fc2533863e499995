// Schedule expressions of EventBridge Scheduler: at(2026-12-24T18:00:00), rate(5 minutes),
// cron(0 9 ? * MON-FRI *), the first and the last by a clock on the wall of some time zone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "cloud/schedule.h"

namespace trunkline::cloud::scheduler {

class Expression {
 public:
  // An error says which of the two is wrong: "Invalid Schedule Expression ...".
  static Result<Expression> Read(std::string_view text, std::string_view time_zone);

  // The first time at or after `from`; a rate counts from `start`, with which it begins. Nothing:
  // there is none any more.
  std::optional<TimePoint> Next(TimePoint from, TimePoint start) const;

 private:
  std::string time_zone_;
  std::optional<TimePoint> at_;  // on the wall
  std::chrono::minutes every_{0};
  std::optional<Schedule> cron_;
};

}  // namespace trunkline::cloud::scheduler
