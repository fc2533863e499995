// Hours of operation: is a queue open at a moment? Time zones, days, and dated overrides as Amazon
// Connect keeps them.
//
// Facts: API shapes HoursOfOperationConfig and HoursOfOperationOverride (service model `connect`).
// A slot whose end is not after its start runs into the next day; 00:00 to 00:00 is the whole day.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"

namespace trunkline::sim {

enum class Day { kMonday, kTuesday, kWednesday, kThursday, kFriday, kSaturday, kSunday };
Result<Day> ParseDay(std::string_view text);  // "MONDAY"

// From `start` up to, not including, `end`; minutes since midnight, 0 to 1439.
struct OpenSlot {
  Day day = Day::kMonday;
  int start = 0;
  int end = 0;
};

// Between its dates (both included) an override replaces the weekly slots; a day without a slot is
// closed.
struct HoursOverride {
  std::string name;
  std::string from;   // "2026-12-24", in the hours' own time zone
  std::string until;  // "2026-12-26"
  std::vector<OpenSlot> slots;
};

struct HoursOfOperation {
  std::string id, arn, name;
  std::string time_zone;  // "Europe/Berlin"
  std::vector<OpenSlot> slots;
  std::vector<HoursOverride> overrides;  // where two cover a date, the first one counts
};

// Whether `now` is within the hours. An unknown time zone is an error that names it.
Result<bool> IsOpen(const HoursOfOperation& hours, TimePoint now);

// What a clock and a calendar on the wall show.
struct LocalTime {
  int year = 1970;
  int month = 1;
  int day = 1;
  Day weekday = Day::kThursday;
  int hour = 0;
  int minute = 0;
};
// In a zone of the tz database; an unknown one is an error that names it.
Result<LocalTime> ToLocalTime(std::string_view time_zone, TimePoint now);

// Reads the API's `Config` or override `Config` list: [{Day, StartTime: {Hours, Minutes}, EndTime:
// {...}}].
Result<std::vector<OpenSlot>> ReadSlots(const json::Array& config);

}  // namespace trunkline::sim
