#include "base/clock.h"

#include <array>
#include <cmath>

#include <fmt/format.h>

namespace trunkline {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::sys_days;

constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Parts {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int millisecond = 0;
};

Parts Break(TimePoint time) {
  const sys_days day = floor<days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss<Milliseconds> clock(time - day);
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<unsigned>(date.month()),
          .day = static_cast<unsigned>(date.day()),
          .hour = static_cast<int>(clock.hours().count()),
          .minute = static_cast<int>(clock.minutes().count()),
          .second = static_cast<int>(clock.seconds().count()),
          .millisecond = static_cast<int>(clock.subseconds().count())};
}

// Nothing when the date or the time of day does not exist. A leap second counts as the next second.
std::optional<TimePoint> Join(const Parts& parts) {
  const std::chrono::year_month_day date{
      std::chrono::year(parts.year), std::chrono::month(parts.month), std::chrono::day(parts.day)};
  if (!date.ok() || parts.hour > 23 || parts.minute > 59 || parts.second > 60) return std::nullopt;
  return sys_days(date) + std::chrono::hours(parts.hour) + std::chrono::minutes(parts.minute) +
         std::chrono::seconds(parts.second) + Milliseconds(parts.millisecond);
}

// Takes text from the front; what does not match makes it fail for good.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool ok() const { return ok_; }
  bool AtEnd() const { return rest_.empty(); }

  bool Accept(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void Expect(char c) {
    if (!Accept(c)) ok_ = false;
  }

  int Digits(std::size_t count) {
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') {
        ok_ = false;
        return 0;
      }
      number = number * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return number;
  }

  // Digits behind the point, as milliseconds; further digits are dropped.
  int Fraction() {
    int milliseconds = 0;
    int unit = 100;
    if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') ok_ = false;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      milliseconds += unit * (rest_.front() - '0');
      unit /= 10;
      rest_.remove_prefix(1);
    }
    return milliseconds;
  }

  // The index of the name that comes next.
  template <std::size_t N>
  unsigned OneOf(const std::array<std::string_view, N>& names) {
    for (unsigned i = 0; i < N; ++i) {
      if (!rest_.starts_with(names[i])) continue;
      rest_.remove_prefix(names[i].size());
      return i;
    }
    ok_ = false;
    return 0;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

// "Z", "+02:00", "-0530": what has to be subtracted from local time.
std::chrono::minutes ReadOffset(Scanner& scanner) {
  if (scanner.Accept('Z')) return std::chrono::minutes(0);
  const bool east = scanner.Accept('+');
  if (!east) scanner.Expect('-');
  const int hours = scanner.Digits(2);
  scanner.Accept(':');
  const std::chrono::minutes offset(hours * 60 + scanner.Digits(2));
  return east ? offset : -offset;
}

}  // namespace

TimePoint SystemClock::Now() const {
  return floor<Milliseconds>(std::chrono::system_clock::now());
}

std::string ToIso8601(TimePoint time) {
  const Parts p = Break(time);
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", p.year, p.month, p.day,
                                 p.hour, p.minute, p.second);
  if (p.millisecond != 0) text += fmt::format(".{:03}", p.millisecond);
  return text + "Z";
}

std::string ToIso8601Basic(TimePoint time) {
  const Parts p = Break(time);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", p.year, p.month, p.day, p.hour, p.minute,
                     p.second);
}

std::string ToHttpDate(TimePoint time) {
  const Parts p = Break(time);
  const std::chrono::weekday weekday(floor<days>(time));
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[weekday.c_encoding()], p.day,
                     kMonths[p.month - 1], p.year, p.hour, p.minute, p.second);
}

std::optional<TimePoint> ParseIso8601(std::string_view text) {
  Scanner scanner(text);
  Parts parts;
  parts.year = scanner.Digits(4);
  const bool extended = scanner.Accept('-');
  const auto separator = [&](char c) {
    if (extended) scanner.Expect(c);
  };
  parts.month = static_cast<unsigned>(scanner.Digits(2));
  separator('-');
  parts.day = static_cast<unsigned>(scanner.Digits(2));
  scanner.Expect('T');
  parts.hour = scanner.Digits(2);
  separator(':');
  parts.minute = scanner.Digits(2);
  separator(':');
  parts.second = scanner.Digits(2);
  if (scanner.Accept('.')) parts.millisecond = scanner.Fraction();
  const std::chrono::minutes offset = ReadOffset(scanner);
  if (!scanner.ok() || !scanner.AtEnd()) return std::nullopt;
  const std::optional<TimePoint> local = Join(parts);
  if (!local) return std::nullopt;
  return *local - offset;
}

std::optional<TimePoint> ParseHttpDate(std::string_view text) {
  Scanner scanner(text);
  Parts parts;
  scanner.OneOf(kDays);
  scanner.Expect(',');
  scanner.Expect(' ');
  parts.day = static_cast<unsigned>(scanner.Digits(2));
  scanner.Expect(' ');
  parts.month = scanner.OneOf(kMonths) + 1;
  scanner.Expect(' ');
  parts.year = scanner.Digits(4);
  scanner.Expect(' ');
  parts.hour = scanner.Digits(2);
  scanner.Expect(':');
  parts.minute = scanner.Digits(2);
  scanner.Expect(':');
  parts.second = scanner.Digits(2);
  for (const char c : std::string_view(" GMT")) scanner.Expect(c);
  if (!scanner.ok() || !scanner.AtEnd()) return std::nullopt;
  return Join(parts);
}

std::string EpochSeconds(TimePoint time) {
  const std::int64_t total = time.time_since_epoch().count();
  const std::int64_t size = total < 0 ? -total : total;
  std::string text = fmt::format("{}{}", total < 0 ? "-" : "", size / 1000);
  if (size % 1000 != 0) text += fmt::format(".{:03}", size % 1000);
  return text;
}

TimePoint FromEpochSeconds(double seconds) {
  return TimePoint(Milliseconds(std::llround(seconds * 1000)));
}

std::string ToDurationText(Milliseconds duration) {
  const std::int64_t milliseconds = duration.count();
  if (milliseconds < 100) return fmt::format("{} ms", milliseconds);
  const std::int64_t tenths = (milliseconds + 50) / 100;
  if (tenths < 100) return fmt::format("{}.{} s", tenths / 10, tenths % 10);
  const std::int64_t seconds = (milliseconds + 500) / 1000;
  if (seconds < 60) return fmt::format("{} s", seconds);
  const bool short_time = seconds < 3600;
  const std::int64_t whole = short_time ? seconds / 60 : seconds / 3600;
  const std::int64_t rest = short_time ? seconds % 60 : seconds % 3600 / 60;
  return fmt::format("{} {}{}", whole, short_time ? "min" : "h",
                     rest == 0 ? "" : fmt::format(" {} {}", rest, short_time ? "s" : "min"));
}

}  // namespace trunkline
