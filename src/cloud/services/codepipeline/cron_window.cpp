#include "cloud/services/codepipeline/cron_window.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "sim/hours.h"

namespace trunkline::cloud::codepipeline {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                      "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::array<std::string_view, 7> kDays = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

struct Field {
  std::string_view name;
  std::int64_t least;
  std::int64_t most;
};
constexpr std::array<Field, 7> kFields = {{{"seconds", 0, 59},
                                           {"minutes", 0, 59},
                                           {"hours", 0, 23},
                                           {"day of month", 1, 31},
                                           {"month", 1, 12},
                                           {"day of week", 1, 7},
                                           {"year", 1970, 2199}}};

std::optional<std::int64_t> ReadNumber(std::string_view text) {
  const std::string upper = ToUpper(text);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (upper == kMonths[i]) return static_cast<std::int64_t>(i) + 1;
  }
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    if (upper == kDays[i]) return static_cast<std::int64_t>(i) + 1;
  }
  return ToInt(text);
}

Error NotUnderstood(const Field& field, std::string_view text) {
  return {ErrorKind::kInvalid, "expected a cron expression but its field for {} is '{}'",
          field.name, text};
}

// One item of a list: "*", "?", "5", "1-5", "*/15", "5/15".
Result<bool> ItemHolds(const Field& field, std::string_view item, std::int64_t value) {
  std::int64_t step = 1;
  const std::size_t slash = item.find('/');
  std::string_view range = item.substr(0, slash);
  if (slash != std::string_view::npos) {
    const auto number = ToInt(item.substr(slash + 1));
    if (!number || *number < 1) return NotUnderstood(field, item);
    step = *number;
  }
  std::int64_t first = field.least;
  std::int64_t last = field.most;
  if (range != "*" && range != "?") {
    const std::size_t dash = range.find('-');
    const auto low = ReadNumber(range.substr(0, dash));
    const auto high = dash == std::string_view::npos ? low : ReadNumber(range.substr(dash + 1));
    if (!low || !high || *low < field.least || *high > field.most || *low > *high)
      return NotUnderstood(field, item);
    first = *low;
    last = slash != std::string_view::npos && dash == std::string_view::npos ? field.most : *high;
  }
  return value >= first && value <= last && (value - first) % step == 0;
}

Result<bool> FieldHolds(const Field& field, std::string_view text, std::int64_t value) {
  bool holds = false;
  for (const std::string_view item : Split(text, ',')) {
    TL_TRY(const bool one, ItemHolds(field, item, value));
    holds = holds || one;
  }
  return holds;
}

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  for (const std::string_view word : Split(text, ' ')) {
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

}  // namespace

Result<bool> IsInWindow(std::string_view cron, std::string_view time_zone, TimePoint now) {
  const std::vector<std::string_view> words = Words(cron);
  if (words.size() < 6 || words.size() > 7) {
    return Error(ErrorKind::kInvalid,
                 "expected a cron expression of 6 fields and perhaps a year but got '{}'", cron);
  }
  TL_TRY(const sim::LocalTime local, sim::ToLocalTime(time_zone.empty() ? "UTC" : time_zone, now));
  // Monday is the first day there; here Sunday is 1.
  const int weekday = (static_cast<int>(local.weekday) + 1) % 7 + 1;
  const std::array<std::int64_t, 7> values = {0,           local.minute, local.hour, local.day,
                                              local.month, weekday,      local.year};
  bool holds = true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    // Seconds are not looked at.
    if (i == 0) continue;
    TL_TRY(const bool one, FieldHolds(kFields[i], words[i], values[i]));
    holds = holds && one;
  }
  return holds;
}

}  // namespace trunkline::cloud::codepipeline
