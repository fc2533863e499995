// Cron expressions as windows of time: whether a moment is within them.
//
// Six fields and perhaps a year: seconds, minutes, hours, day of month, month, day of week. `*`,
// `?`, lists, ranges and steps are understood, names of months and days too; L, W and # are
// refused. Seconds decide nothing: AWS takes only `*` (or a number) there.
#pragma once

#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace trunkline::cloud::codepipeline {

// An empty time zone is UTC. The error says what is not understood.
Result<bool> IsInWindow(std::string_view cron, std::string_view time_zone, TimePoint now);

}  // namespace trunkline::cloud::codepipeline
