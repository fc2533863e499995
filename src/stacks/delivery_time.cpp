#include "stacks/delivery_time.h"

namespace trunkline::stacks {
namespace {

// For pipelines that shift nothing.
constexpr int kWait = 30;
constexpr int kWork = 90;

}  // namespace

int ShiftMinutes(const center::Center& center, const center::Environment& environment) {
  const Milliseconds longest = center::LongestShift(center, environment);
  return static_cast<int>(std::chrono::ceil<std::chrono::minutes>(longest).count());
}

int WaitMinutes(const center::Center& center, const center::Environment& environment) {
  return kWait + ShiftMinutes(center, environment) * static_cast<int>(environment.regions.size());
}

int DeliverMinutes(const center::Center& center, const center::Environment& environment) {
  return WaitMinutes(center, environment) + kWork + ShiftMinutes(center, environment);
}

}  // namespace trunkline::stacks
