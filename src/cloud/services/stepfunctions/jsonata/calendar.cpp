#include "cloud/services/stepfunctions/jsonata/calendar.h"

#include <cmath>

namespace trunkline::cloud::jsonata {
namespace {

constexpr double kDay = 86'400'000;

struct Date {
  int year = 0;
  int month = 0;  // from 0
  int day = 0;    // from 1
  double midnight = 0;
  int weekday = 0;  // Monday is 1, Sunday 7
};

// Days since 1970, by Howard Hinnant's days_from_civil: std::chrono's years end at 32767.
double DaysOf(double year, int month, double day) {
  const double shifted = month < 2 ? year - 1 : year;
  const double era = std::floor(shifted / 400);
  const double year_of_era = shifted - era * 400;
  const double month_of_year = month < 2 ? month + 10 : month - 2;  // from March
  const double day_of_year = std::floor((153 * month_of_year + 2) / 5) + day - 1;
  const double day_of_era =
      year_of_era * 365 + std::floor(year_of_era / 4) - std::floor(year_of_era / 100) + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Date DateOf(double millis) {
  const double days = std::floor(millis / kDay);
  const double shifted = days + 719468;
  const double era = std::floor(shifted / 146097);
  const double day_of_era = shifted - era * 146097;
  const double year_of_era =
      std::floor((day_of_era - std::floor(day_of_era / 1460) + std::floor(day_of_era / 36524) -
                  std::floor(day_of_era / 146096)) /
                 365);
  const double day_of_year = day_of_era - (365 * year_of_era + std::floor(year_of_era / 4) -
                                           std::floor(year_of_era / 100));
  const double month_of_year = std::floor((5 * day_of_year + 2) / 153);
  Date date;
  date.month = static_cast<int>(month_of_year < 10 ? month_of_year + 2 : month_of_year - 10);
  date.year = static_cast<int>(year_of_era + era * 400) + (date.month < 2 ? 1 : 0);
  date.day = static_cast<int>(day_of_year - std::floor((153 * month_of_year + 2) / 5)) + 1;
  date.midnight = days * kDay;
  const double since_monday = std::fmod(std::fmod(days + 3, 7) + 7, 7);  // day 0 was a Thursday
  date.weekday = static_cast<int>(since_monday) + 1;
  return date;
}

// The first week of a year or a month is the one with its first Thursday; weeks start on Monday.
double StartOfFirstWeek(int year, int month) {
  const double first = MillisOf(year, month, 1);
  const int weekday = DateOf(first).weekday;
  return weekday > 4 ? first + (8 - weekday) * kDay : first - (weekday - 1) * kDay;
}

int WeekFrom(double start, double midnight) {
  return static_cast<int>(std::floor((midnight - start) / (7 * kDay) + 1));
}

int WeekOfYear(const Date& date) {
  const int week = WeekFrom(StartOfFirstWeek(date.year, 0), date.midnight);
  if (week > 52 && date.midnight >= StartOfFirstWeek(date.year + 1, 0)) return 1;
  return week < 1 ? WeekFrom(StartOfFirstWeek(date.year - 1, 0), date.midnight) : week;
}

int WeekOfMonth(const Date& date) {
  const int week = WeekFrom(StartOfFirstWeek(date.year, date.month), date.midnight);
  if (week > 4 && date.midnight >= StartOfFirstWeek(date.year, date.month + 1)) return 1;
  return week < 1 ? WeekFrom(StartOfFirstWeek(date.year, date.month - 1), date.midnight) : week;
}

int YearOfWeek(const Date& date) {
  if (date.midnight < StartOfFirstWeek(date.year, 0)) return date.year - 1;
  return date.midnight >= StartOfFirstWeek(date.year + 1, 0) ? date.year + 1 : date.year;
}

int MonthOfWeek(const Date& date) {
  if (date.midnight < StartOfFirstWeek(date.year, date.month)) return (date.month + 11) % 12 + 1;
  const bool next = date.midnight >= StartOfFirstWeek(date.year, date.month + 1);
  return next ? (date.month + 1) % 12 + 1 : date.month + 1;
}

}  // namespace

double MillisOf(double year, double month, double day, double hour, double minute, double second,
                double millisecond) {
  const double years = std::floor(month / 12);
  const double days = DaysOf(year + years, static_cast<int>(month - years * 12), 1) + day - 1;
  return days * kDay + hour * 3'600'000 + minute * 60'000 + second * 1'000 + millisecond;
}

std::optional<int> ComponentOf(double millis, char component) {
  const Date date = DateOf(millis);
  const auto time = static_cast<int>(millis - date.midnight);
  const int hour = time / 3'600'000;
  switch (component) {
    case 'Y':
      return date.year;
    case 'M':
      return date.month + 1;
    case 'D':
      return date.day;
    case 'd':
      return static_cast<int>((date.midnight - MillisOf(date.year, 0, 1)) / kDay) + 1;
    case 'F':
      return date.weekday;
    case 'W':
      return WeekOfYear(date);
    case 'w':
      return WeekOfMonth(date);
    case 'X':
      return YearOfWeek(date);
    case 'x':
      return MonthOfWeek(date);
    case 'H':
      return hour;
    case 'h':
      return hour % 12 == 0 ? 12 : hour % 12;
    case 'P':
      return hour >= 12 ? 1 : 0;
    case 'm':
      return time / 60'000 % 60;
    case 's':
      return time / 1'000 % 60;
    case 'f':
      return time % 1'000;
    default:
      return std::nullopt;
  }
}

}  // namespace trunkline::cloud::jsonata
