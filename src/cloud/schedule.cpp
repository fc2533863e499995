#include "cloud/schedule.h"

#include <array>
#include <bit>

#include "base/text.h"

namespace trunkline::cloud {
namespace {

using Names = std::array<std::string_view, 12>;
constexpr Names kMonths = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                           "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr Names kWeekdays = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "", "", "", "", ""};
constexpr Names kNoNames = {};

struct Range {
  int low;
  int high;
  const Names& names;  // the first stands for `low`
};
constexpr Range kMinuteRange{0, 59, kNoNames};
constexpr Range kHourRange{0, 23, kNoNames};
constexpr Range kDayRange{1, 31, kNoNames};
constexpr Range kMonthRange{1, 12, kMonths};
constexpr Range kWeekdayRange{1, 7, kWeekdays};
constexpr Range kYearRange{1970, 2199, kNoNames};

std::optional<int> ReadOne(std::string_view text, const Range& range) {
  const std::string upper = ToUpper(text);
  for (std::size_t i = 0; i < range.names.size(); ++i) {
    if (!upper.empty() && range.names[i] == upper) return range.low + static_cast<int>(i);
  }
  const auto number = ToInt(text);
  if (!number || *number < range.low || *number > range.high) return std::nullopt;
  return static_cast<int>(*number);
}

struct Steps {
  int first;
  int last;
  int step;
};

// "5", "1-5", "*", "0/15", "*/15", "1-20/2".
std::optional<Steps> ReadSteps(std::string_view text, const Range& range) {
  const std::size_t slash = text.find('/');
  const std::string_view span = text.substr(0, slash);
  Steps steps{.first = range.low, .last = range.high, .step = 1};
  if (slash != std::string_view::npos) {
    const auto step = ToInt(text.substr(slash + 1));
    if (!step || *step < 1 || *step > range.high) return std::nullopt;
    steps.step = static_cast<int>(*step);
  }
  if (span == "*") return steps;
  const std::size_t dash = span.find('-');
  const auto first = ReadOne(span.substr(0, dash), range);
  if (!first) return std::nullopt;
  steps.first = *first;
  if (dash != std::string_view::npos) {
    const auto last = ReadOne(span.substr(dash + 1), range);
    if (!last || *last < *first) return std::nullopt;
    steps.last = *last;
  } else if (slash == std::string_view::npos) {
    steps.last = *first;
  }
  return steps;
}

// The values of a field as bits; 0: not a field.
std::uint64_t ReadField(std::string_view text, const Range& range) {
  std::uint64_t bits = 0;
  for (const std::string_view part : Split(text, ',')) {
    const auto steps = ReadSteps(part, range);
    if (!steps) return 0;
    for (int value = steps->first; value <= steps->last; value += steps->step)
      bits |= std::uint64_t{1} << static_cast<unsigned>(value);
  }
  return bits;
}

bool Has(std::uint64_t bits, unsigned value) {
  return (bits >> value & 1U) != 0;
}

std::string_view Inside(std::string_view text, std::string_view name) {
  if (!text.starts_with(name) || !text.ends_with(')')) return {};
  return text.substr(name.size(), text.size() - name.size() - 1);
}

unsigned LastDay(int year, unsigned month) {
  const std::chrono::year_month_day_last last{
      std::chrono::year(year), std::chrono::month_day_last(std::chrono::month(month))};
  return static_cast<unsigned>(last.day());
}

// 1 is Sunday.
unsigned WeekdayOf(int year, unsigned month, unsigned day) {
  const std::chrono::sys_days date =
      std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
  return std::chrono::weekday(date).c_encoding() + 1;
}

// The weekday (Monday to Friday) nearest to a day, within its month.
unsigned NearestWeekday(int year, unsigned month, unsigned day) {
  const unsigned last = LastDay(year, month);
  const unsigned wanted = std::min(day, last);
  const unsigned weekday = WeekdayOf(year, month, wanted);
  if (weekday == 7) return wanted > 1 ? wanted - 1 : wanted + 2;
  if (weekday == 1) return wanted < last ? wanted + 1 : wanted - 2;
  return wanted;
}

}  // namespace

std::optional<Schedule> Schedule::Read(std::string_view text) {
  Schedule schedule;
  if (const std::string_view rate = Inside(text, "rate("); !rate.empty())
    return schedule.ReadRate(rate) ? std::optional(schedule) : std::nullopt;
  if (const std::string_view cron = Inside(text, "cron("); !cron.empty())
    return schedule.ReadCron(cron) ? std::optional(schedule) : std::nullopt;
  return std::nullopt;
}

bool Schedule::ReadRate(std::string_view text) {
  const auto parts = Split(text, ' ');
  if (parts.size() != 2) return false;
  const auto count = ToInt(parts[0]);
  constexpr std::int64_t kMost = 1000000;
  if (!count || *count < 1 || *count > kMost) return false;
  std::string unit(parts[1]);
  if (unit.ends_with('s') != (*count > 1)) return false;
  if (unit.ends_with('s')) unit.pop_back();
  const std::int64_t minutes = unit == "minute" ? 1
                               : unit == "hour" ? 60
                               : unit == "day"  ? 1440
                                                : 0;
  every_minutes_ = *count * minutes;
  return minutes != 0;
}

bool Schedule::ReadCron(std::string_view text) {
  std::vector<std::string_view> parts;
  for (const std::string_view part : Split(text, ' ')) {
    if (!part.empty()) parts.push_back(part);
  }
  if (parts.size() != 6) return false;
  minutes_ = ReadField(parts[0], kMinuteRange);
  hours_ = ReadField(parts[1], kHourRange);
  months_ = ReadField(parts[3], kMonthRange);
  // Exactly one of the two kinds of days is "?".
  if ((parts[2] == "?") == (parts[4] == "?")) return false;
  const bool days = parts[2] != "?" ? ReadDays(parts[2]) : ReadWeekdays(parts[4]);
  return minutes_ != 0 && hours_ != 0 && months_ != 0 && days && ReadYears(parts[5]);
}

bool Schedule::ReadDays(std::string_view text) {
  if (text == "L") return last_day_ = true;
  if (text.ends_with('W')) {
    const auto day = ReadOne(text.substr(0, text.size() - 1), kDayRange);
    near_day_ = day.value_or(0);
    return day.has_value();
  }
  days_ = ReadField(text, kDayRange);
  return days_ != 0;
}

bool Schedule::ReadWeekdays(std::string_view text) {
  if (text == "L") text = "SAT";
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
    const auto nth = ToInt(text.substr(hash + 1));
    nth_ = static_cast<int>(nth.value_or(0));
    if (!nth || *nth < 1 || *nth > 5) return false;
    text = text.substr(0, hash);
  } else if (text.size() > 1 && text.ends_with('L')) {
    nth_ = -1;
    text.remove_suffix(1);
  }
  weekdays_ = ReadField(text, kWeekdayRange);
  return weekdays_ != 0 && (nth_ == 0 || std::has_single_bit(weekdays_));
}

bool Schedule::ReadYears(std::string_view text) {
  const auto steps = ReadSteps(text, kYearRange);
  if (!steps) return false;
  first_year_ = steps->first;
  last_year_ = steps->last;
  year_step_ = steps->step;
  return true;
}

bool Schedule::FitsDay(int year, unsigned month, unsigned day) const {
  const unsigned last = LastDay(year, month);
  if (last_day_) return day == last;
  if (near_day_ != 0) return day == NearestWeekday(year, month, static_cast<unsigned>(near_day_));
  if (days_ != 0) return Has(days_, day);
  if (!Has(weekdays_, WeekdayOf(year, month, day))) return false;
  if (nth_ > 0) return (day - 1) / 7 + 1 == static_cast<unsigned>(nth_);
  return nth_ == 0 || day + 7 > last;
}

std::optional<TimePoint> Schedule::After(TimePoint time) const {
  using std::chrono::days;
  using std::chrono::floor;
  using std::chrono::minutes;
  using std::chrono::year_month_day;
  if (every_minutes_ > 0) return time + minutes(every_minutes_);
  const auto next = floor<minutes>(time) + minutes(1);
  auto day = floor<days>(next);
  auto from = static_cast<unsigned>(floor<minutes>(next - day).count());
  for (;; day += days(1), from = 0) {
    const year_month_day date(day);
    const int year = static_cast<int>(date.year());
    if (year > last_year_) return std::nullopt;
    if (year < first_year_ || (year - first_year_) % year_step_ != 0) continue;
    const auto month = static_cast<unsigned>(date.month());
    if (!Has(months_, month) || !FitsDay(year, month, static_cast<unsigned>(date.day()))) continue;
    for (unsigned minute = from; minute < 24 * 60; ++minute) {
      if (Has(hours_, minute / 60) && Has(minutes_, minute % 60))
        return TimePoint(day + minutes(minute));
    }
  }
}

}  // namespace trunkline::cloud
