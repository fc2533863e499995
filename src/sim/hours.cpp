#include "sim/hours.h"

#include <algorithm>
#include <iterator>

#include <absl/time/civil_time.h>
#include <absl/time/time.h>

namespace trunkline::sim {
namespace {

constexpr std::string_view kDays[] = {"MONDAY", "TUESDAY",  "WEDNESDAY", "THURSDAY",
                                      "FRIDAY", "SATURDAY", "SUNDAY"};
constexpr int kMinutesPerDay = 24 * 60;

Result<absl::TimeZone> Zone(const std::string& name) {
  absl::TimeZone zone;
  if (absl::LoadTimeZone(name, &zone)) return zone;
  return Error(
      ErrorKind::kNotFound,
      "time zone '{}' is not known: expected a name of the tz database like 'Europe/Berlin'", name);
}

Day DayOf(absl::CivilDay date) {
  return static_cast<Day>(static_cast<int>(absl::GetWeekday(date)));
}

bool Covers(const HoursOverride& exception, absl::CivilDay date) {
  absl::CivilDay from;
  absl::CivilDay until;
  return absl::ParseCivilTime(exception.from, &from) &&
         absl::ParseCivilTime(exception.until, &until) && from <= date && date <= until;
}

// The slots that count on a date: those of the first override that covers it, else the weekly ones.
const std::vector<OpenSlot>& SlotsOn(const HoursOfOperation& hours, absl::CivilDay date) {
  const auto found = std::ranges::find_if(
      hours.overrides, [&](const HoursOverride& one) { return Covers(one, date); });
  return found == hours.overrides.end() ? hours.slots : found->slots;
}

// How long a slot that began on its day stays open, in minutes from that day's midnight.
int EndOf(const OpenSlot& slot) {
  return slot.end > slot.start ? slot.end : slot.end + kMinutesPerDay;
}

// Is `minute`, counted from the midnight of `date`, within a slot that begins on `date`?
bool OpenOn(const HoursOfOperation& hours, absl::CivilDay date, int minute) {
  return std::ranges::any_of(SlotsOn(hours, date), [&](const OpenSlot& slot) {
    return slot.day == DayOf(date) && slot.start <= minute && minute < EndOf(slot);
  });
}

Result<int> MinutesOf(const json::Object& time) {
  const std::int64_t hour = time.GetInt("Hours", -1);
  const std::int64_t minute = time.GetInt("Minutes", -1);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
    return Error(ErrorKind::kInvalid,
                 "expected a time with Hours from 0 to 23 and Minutes from 0 to 59");
  }
  return static_cast<int>(hour * 60 + minute);
}

}  // namespace

Result<Day> ParseDay(std::string_view text) {
  const auto* found = std::ranges::find(kDays, text);
  if (found != std::end(kDays)) return static_cast<Day>(found - std::begin(kDays));
  return Error(ErrorKind::kInvalid, "expected a day like 'MONDAY' but got '{}'", text);
}

Result<bool> IsOpen(const HoursOfOperation& hours, TimePoint now) {
  TL_TRY(const absl::TimeZone zone, Zone(hours.time_zone));
  const absl::CivilMinute local = absl::ToCivilMinute(absl::FromChrono(now), zone);
  const absl::CivilDay today(local);
  const int minute = local.hour() * 60 + local.minute();
  return OpenOn(hours, today, minute) || OpenOn(hours, today - 1, minute + kMinutesPerDay);
}

Result<LocalTime> ToLocalTime(std::string_view time_zone, TimePoint now) {
  TL_TRY(const absl::TimeZone zone, Zone(std::string(time_zone)));
  const absl::CivilMinute local = absl::ToCivilMinute(absl::FromChrono(now), zone);
  return LocalTime{.year = static_cast<int>(local.year()),
                   .month = local.month(),
                   .day = local.day(),
                   .weekday = DayOf(absl::CivilDay(local)),
                   .hour = local.hour(),
                   .minute = local.minute()};
}

Result<std::vector<OpenSlot>> ReadSlots(const json::Array& config) {
  std::vector<OpenSlot> slots;
  for (const json::Value& entry : config) {
    if (!entry.IsObject()) {
      return Error(ErrorKind::kInvalid,
                   "expected an object with Day, StartTime and EndTime but got {}",
                   entry.TypeName());
    }
    const json::Object& slot = entry.AsObject();
    TL_TRY(const Day day, ParseDay(slot.GetString("Day")));
    TL_TRY(const int start, MinutesOf(slot.GetObject("StartTime")));
    TL_TRY(const int end, MinutesOf(slot.GetObject("EndTime")));
    slots.push_back({.day = day, .start = start, .end = end});
  }
  return slots;
}

}  // namespace trunkline::sim
