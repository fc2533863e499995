// Shift: how the callers of a function come to a new version of it: all at once, or a share of them
// first.
//
// Spelled as AWS SAM spells DeploymentPreference, so that its users know the words:
// "Canary10Percent5Minutes" is 10 % of the calls for five minutes, then all;
// "Linear10PercentEvery1Minute" is 10 % more each minute. "Canary" and "Linear" take own numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "center/written.h"

namespace trunkline::center {

struct ShiftType {
  std::string_view name;
  int percent;
  int minutes;
  bool linear;
  bool own = false;  // takes the numbers that the user gives
};

// AWS SAM's DeploymentPreference types (CodeDeploy's predefined configurations for Lambda), then
// the own ones.
inline constexpr ShiftType kShiftTypes[] = {
    {"AllAtOnce", 100, 0, false},
    {"Canary10Percent5Minutes", 10, 5, false},
    {"Canary10Percent10Minutes", 10, 10, false},
    {"Canary10Percent15Minutes", 10, 15, false},
    {"Canary10Percent30Minutes", 10, 30, false},
    {"Linear10PercentEvery1Minute", 10, 1, true},
    {"Linear10PercentEvery2Minutes", 10, 2, true},
    {"Linear10PercentEvery3Minutes", 10, 3, true},
    {"Linear10PercentEvery10Minutes", 10, 10, true},
    {"Canary", 100, 0, false, true},
    {"Linear", 100, 0, true, true},
};

struct Shift {
  std::string type = "AllAtOnce";  // as written; "Canary" where only numbers were given
  int percent = 100;               // of the first step; of each when linear
  Milliseconds interval{0};        // from one step to the next; 0: all at once
  bool linear = false;
  std::vector<Text> alarms;  // names of CloudWatch alarms, each of which stops the shift
  bool own = false;
  Place place;

  bool AtOnce() const { return interval.count() == 0; }
  // The percentages that the new version has one after the other, before all: 10, 20, ... 90.
  std::vector<int> Steps() const;
  // From the first step until everybody has the new version.
  Milliseconds Duration() const;
};

// The numbers of a type; nothing when there is no such type. Own forms have no numbers yet.
std::optional<Shift> ShiftOfType(std::string_view type);

// "10 % for 5 min, then all", "10 % more every 1 min for 9 min, then all", "all at once".
std::string InWords(const Shift& shift);

// The longest that a delivery may spend on shifting a function.
inline constexpr Milliseconds kLongestShift = std::chrono::hours(6);

}  // namespace trunkline::center
