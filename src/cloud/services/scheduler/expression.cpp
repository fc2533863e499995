#include "cloud/services/scheduler/expression.h"

#include <cctype>

#include "base/text.h"
#include "sim/hours.h"

namespace trunkline::cloud::scheduler {
namespace {

std::string_view Inside(std::string_view text, std::string_view name) {
  if (!text.starts_with(name) || !text.ends_with(')')) return {};
  return text.substr(name.size(), text.size() - name.size() - 1);
}

// 2026-12-24T18:00:00, nothing else.
std::optional<TimePoint> ReadAt(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00";
  if (text.size() != kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    if (digit != (kForm[i] == '0') || (!digit && text[i] != kForm[i])) return std::nullopt;
  }
  return ParseIso8601(std::string(text) + "Z");
}

// Unlike a rule's, "rate(1 minutes)" is one.
std::optional<std::chrono::minutes> ReadRate(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const std::string_view number = text.substr(0, blank);
  const auto count = ToInt(number);
  constexpr std::int64_t kMost = 1000000;
  const bool digits = !number.empty() && std::isdigit(static_cast<unsigned char>(number[0])) != 0;
  if (!digits || !count || *count < 1 || *count > kMost) return std::nullopt;
  std::string_view unit = text.substr(blank + 1);
  if (unit.ends_with('s')) unit.remove_suffix(1);
  if (unit == "minute") return std::chrono::minutes(*count);
  if (unit == "hour") return std::chrono::hours(*count);
  if (unit == "day") return std::chrono::hours(24 * *count);
  return std::nullopt;
}

// What the clock shows there, as if it were UTC: to the minute.
Result<TimePoint> OnTheWall(std::string_view time_zone, TimePoint time) {
  TL_TRY(const sim::LocalTime local, sim::ToLocalTime(time_zone, time));
  const std::chrono::sys_days day = std::chrono::year(local.year) /
                                    std::chrono::month(static_cast<unsigned>(local.month)) /
                                    std::chrono::day(static_cast<unsigned>(local.day));
  const auto within = time - std::chrono::floor<std::chrono::minutes>(time);
  return TimePoint(day) + std::chrono::hours(local.hour) + std::chrono::minutes(local.minute) +
         within;
}

// The time at which the clock shows that. One that it leaps over is the same distance later; of one
// that it shows twice it is one of the two.
TimePoint FromTheWall(std::string_view time_zone, TimePoint wall) {
  TimePoint time = wall;
  for (int round = 0; round < 2; ++round) {
    const auto shown = OnTheWall(time_zone, time);
    if (!shown) return wall;
    time = wall - (*shown - time);
  }
  return time;
}

}  // namespace

Result<Expression> Expression::Read(std::string_view text, std::string_view time_zone) {
  Expression expression;
  expression.time_zone_ = time_zone.empty() ? "UTC" : std::string(time_zone);
  if (!sim::ToLocalTime(expression.time_zone_, TimePoint()))
    return Error(ErrorKind::kInvalid, "Invalid Schedule Expression Timezone {}.", time_zone);
  expression.at_ = ReadAt(Inside(text, "at("));
  if (const auto every = ReadRate(Inside(text, "rate("))) expression.every_ = *every;
  if (text.starts_with("cron(")) expression.cron_ = Schedule::Read(text);
  if (expression.at_ || expression.every_.count() > 0 || expression.cron_) return expression;
  return Error(ErrorKind::kInvalid, "Invalid Schedule Expression {}.", text);
}

std::optional<TimePoint> Expression::Next(TimePoint from, TimePoint start) const {
  if (at_) {
    const TimePoint time = FromTheWall(time_zone_, *at_);
    return time >= from ? std::optional(time) : std::nullopt;
  }
  if (every_.count() > 0) {
    if (from <= start) return start;
    const auto steps = (from - start + every_ - Milliseconds(1)) / every_;
    return start + steps * every_;
  }
  const auto wall = OnTheWall(time_zone_, from - Milliseconds(1));
  const auto next = wall ? cron_->After(*wall) : std::nullopt;
  return next ? std::optional(FromTheWall(time_zone_, *next)) : std::nullopt;
}

}  // namespace trunkline::cloud::scheduler
