// How long a delivery may take: what builds of the pipelines are given, and what they wait.
//
// A build that delivers waits for the pipelines before its own, then works; when it shifts callers
// of functions, that time comes on top. A pipeline that waits has to wait as much longer for each
// Region, which the pipeline before goes through one after the other.
#pragma once

#include <string_view>

#include "center/center.h"

namespace trunkline::stacks {

// The build's environment: minutes for shifting callers; a longer shift is refused before anything
// is changed.
inline constexpr std::string_view kLongestShiftVariable = "TRUNKLINE_LONGEST_SHIFT_MINUTES";

// The most that CodeBuild gives a build (documented: 36 hours).
inline constexpr int kMostBuildMinutes = 2160;

// All in whole minutes, rounded up.
int ShiftMinutes(const center::Center& center, const center::Environment& environment);
// For `trunkline pipelines wait`.
int WaitMinutes(const center::Center& center, const center::Environment& environment);
int DeliverMinutes(const center::Center& center, const center::Environment& environment);

}  // namespace trunkline::stacks
