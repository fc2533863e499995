// Alarms that watch a metric.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::cloudwatch {

// New data came for the metric: its alarms look at it soon, not only when their next minute comes.
void LookAtWatchers(Context& context, std::string_view metric_id);

}  // namespace trunkline::cloud::cloudwatch
