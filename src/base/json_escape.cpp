#include "base/json_escape.h"

#include <optional>

#include <fmt/format.h>

namespace trunkline::json {
namespace {

constexpr std::size_t kDigits = 4;
constexpr std::size_t kEscape = 2 + kDigits;  // "\uXXXX"

std::optional<std::uint32_t> DigitOf(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
  return std::nullopt;
}

// The four digits of the escape whose backslash is at `start`.
EscapedCodePoint ReadDigits(std::string_view text, std::size_t start) {
  EscapedCodePoint read{.offset = start + kEscape};
  for (std::size_t at = start + 2; at < start + kEscape; ++at) {
    const std::optional<std::uint32_t> digit = at < text.size() ? DigitOf(text[at]) : std::nullopt;
    if (!digit) return {.offset = at, .problem = "expected four hexadecimal digits after '\\u'"};
    read.point = read.point * 16 + *digit;
  }
  return read;
}

bool IsFirstHalf(std::uint32_t point) {
  return point >= 0xD800 && point < 0xDC00;
}
bool IsSecondHalf(std::uint32_t point) {
  return point >= 0xDC00 && point < 0xE000;
}

}  // namespace

EscapedCodePoint ReadEscapedCodePoint(std::string_view text, std::size_t start) {
  if (text[start + 1] != 'u')
    return {.offset = start,
            .problem = fmt::format("expected an escape like \\n but got '\\{}'", text[start + 1])};
  EscapedCodePoint first = ReadDigits(text, start);
  if (!first.problem.empty() || (!IsFirstHalf(first.point) && !IsSecondHalf(first.point)))
    return first;
  if (IsSecondHalf(first.point))
    return {.offset = start,
            .problem = "expected the first half of a surrogate pair before its second"};
  constexpr std::string_view kNoSecond = "expected the second half of a surrogate pair";
  if (text.substr(first.offset, 2) != "\\u")
    return {.offset = start, .problem = std::string(kNoSecond)};
  EscapedCodePoint second = ReadDigits(text, first.offset);
  if (!second.problem.empty()) return second;
  if (!IsSecondHalf(second.point)) return {.offset = start, .problem = std::string(kNoSecond)};
  second.point = 0x10000 + ((first.point - 0xD800) << 10U) + (second.point - 0xDC00);
  return second;
}

}  // namespace trunkline::json
