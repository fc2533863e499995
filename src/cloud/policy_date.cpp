#include "cloud/policy_date.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/text.h"

namespace trunkline::cloud {
namespace {

constexpr std::int64_t kFirstYear = -292275054;  // of Java's calendar
constexpr std::int64_t kLastYear = 292278993;
constexpr std::size_t kMostDecimals = 9;

bool IsDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool IsBetween(std::string_view text, std::int64_t low, std::int64_t high) {
  const std::optional<std::int64_t> number = ToInt(text);
  return number && *number >= low && *number <= high;
}

bool IsDay(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::vector<std::string_view> parts = Split(text.substr(negative ? 1 : 0), '-');
  if (parts.size() > 3 || !IsDigits(parts[0])) return false;
  const std::int64_t year = ToInt(parts[0]).value_or(kLastYear + 1) * (negative ? -1 : 1);
  if (year < kFirstYear || year > kLastYear) return false;
  if (parts.size() > 1 && !IsBetween(parts[1], 1, 12)) return false;
  return parts.size() < 3 || IsBetween(parts[2], 1, 31);
}

bool IsZone(std::string_view text) {
  const std::vector<std::string_view> parts = Split(text, ':');
  if (parts.size() > 2 || parts[0].size() != 2 || !IsBetween(parts[0], 0, 23)) return false;
  return parts.size() < 2 || (parts[1].size() == 2 && IsBetween(parts[1], 0, 59));
}

bool IsSeconds(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (!IsBetween(text.substr(0, dot), 0, 59)) return false;
  if (dot == std::string_view::npos) return true;
  const std::string_view decimals = text.substr(dot + 1);
  return IsDigits(decimals) && decimals.size() <= kMostDecimals;
}

bool IsTime(std::string_view text) {
  if (text.empty()) return true;
  const std::size_t zone = text.find_first_of("z+-");
  if (zone != std::string_view::npos) {
    const std::string_view rest = text.substr(zone + 1);
    const bool fine = text[zone] == 'z' ? rest.empty() : IsZone(rest);
    if (!fine) return false;
  }
  const std::vector<std::string_view> parts = Split(text.substr(0, zone), ':');
  if (parts.size() > 3 || !IsBetween(parts[0], 0, 23)) return false;
  if (parts.size() > 1 && !IsBetween(parts[1], 0, 59)) return false;
  return parts.size() < 3 || IsSeconds(parts[2]);
}

}  // namespace

bool IsPolicyDate(std::string_view text) {
  const std::string date = ToLower(text);
  const std::size_t time = date.find('t');
  if (time == std::string::npos && date.find('-') == std::string::npos)
    return IsDigits(date) && ToInt(date).has_value();
  if (!IsDay(std::string_view(date).substr(0, time))) return false;
  return time == std::string::npos || IsTime(std::string_view(date).substr(time + 1));
}

}  // namespace trunkline::cloud
