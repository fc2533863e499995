#include "center/shift.h"

#include <algorithm>

#include <fmt/format.h>

namespace trunkline::center {

std::vector<int> Shift::Steps() const {
  std::vector<int> steps;
  if (AtOnce()) return steps;
  for (int share = percent; share < 100; share += percent) {
    steps.push_back(share);
    if (!linear) break;
  }
  return steps;
}

Milliseconds Shift::Duration() const {
  return interval * static_cast<int>(Steps().size());
}

std::optional<Shift> ShiftOfType(std::string_view type) {
  const auto* row = std::ranges::find(kShiftTypes, type, &ShiftType::name);
  if (row == std::end(kShiftTypes)) return std::nullopt;
  Shift shift;
  shift.type = row->name;
  shift.percent = row->percent;
  shift.interval = std::chrono::minutes(row->minutes);
  shift.linear = row->linear;
  shift.own = row->own;
  return shift;
}

std::string InWords(const Shift& shift) {
  if (shift.AtOnce()) return "all at once";
  const std::string interval = ToDurationText(shift.interval);
  if (shift.Steps().size() == 1)
    return fmt::format("{} % for {}, then all", shift.percent, interval);
  return fmt::format("{} % more every {} for {}, then all", shift.percent, interval,
                     ToDurationText(shift.Duration()));
}

}  // namespace trunkline::center
