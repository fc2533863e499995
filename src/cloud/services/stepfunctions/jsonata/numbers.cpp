#include "cloud/services/stepfunctions/jsonata/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace trunkline::cloud::jsonata {
namespace {

// The shortest digits that read back the same, and the power of ten of the first of them.
struct Shortest {
  std::string digits;
  int exponent = 0;
};

Shortest ShortestOf(double number) {
  std::array<char, 40> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                          std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  Shortest shortest;
  for (const char c : text.substr(0, e)) {
    if (c != '.') shortest.digits += c;
  }
  const std::size_t skip = text[e + 1] == '+' ? 2 : 1;
  std::from_chars(text.data() + e + skip, text.data() + text.size(), shortest.exponent);
  return shortest;
}

// ECMAScript's Number::toString.
std::string Layout(const Shortest& shortest) {
  const std::string& digits = shortest.digits;
  const int count = static_cast<int>(digits.size());
  const int point = shortest.exponent + 1;  // digits before the decimal point
  if (point > 21 || point < -5) {
    std::string text = digits.substr(0, 1);
    if (count > 1) text += "." + digits.substr(1);
    return fmt::format("{}e{}{}", text, point > 0 ? '+' : '-', std::abs(point - 1));
  }
  if (point <= 0) return "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  if (point >= count) return digits + std::string(static_cast<std::size_t>(point - count), '0');
  return digits.substr(0, static_cast<std::size_t>(point)) + "." +
         digits.substr(static_cast<std::size_t>(point));
}

// Moves the decimal point in the text, not in the number: 1.005 with two places is 100.5 exactly.
double ShiftPoint(double number, int places) {
  const std::string text = NumberText(number);
  const std::size_t e = text.find('e');
  int exponent = places;
  if (e != std::string::npos) exponent += static_cast<int>(ReadNumber(text.substr(e + 1)));
  return ReadNumber(fmt::format("{}e{}", text.substr(0, e), exponent));
}

}  // namespace

std::string NumberText(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  if (number == 0) return "0";
  const std::string text = Layout(ShortestOf(std::abs(number)));
  return number < 0 ? "-" + text : text;
}

double ReadNumber(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc::result_out_of_range) return number;
  if (text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos) {
    return 0;
  }
  const double infinity = std::numeric_limits<double>::infinity();
  return text.starts_with('-') ? -infinity : infinity;
}

double ToPrecision15(double number) {
  if (!std::isfinite(number)) return number;
  // A whole number of at most 15 digits is itself: the common case.
  if (std::abs(number) < 1e15 && number == std::trunc(number)) return number;
  return ReadNumber(fmt::format("{:.14e}", number));
}

std::string TextInBase(double number, int base) {
  if (base == 10 || !std::isfinite(number)) return NumberText(number);
  double rest = std::abs(number);
  std::string text;
  do {
    const double digit = std::fmod(rest, base);
    text += "0123456789abcdefghijklmnopqrstuvwxyz"[static_cast<std::size_t>(digit)];
    rest = std::trunc(rest / base);
  } while (rest > 0);
  if (number < 0) text += '-';
  std::ranges::reverse(text);
  return text;
}

double RoundHalfEven(double number, int decimals) {
  if (decimals != 0) number = ShiftPoint(number, decimals);
  double rounded = std::floor(number + 0.5);
  // Adding a half may carry the largest number below a half over it.
  if (rounded - number > 0.5) rounded -= 1;
  if (std::abs(number) >= 4503599627370496.0) rounded = number;  // 2^52: no fraction left
  if (std::abs(rounded - number) == 0.5 && std::abs(std::fmod(rounded, 2)) == 1) rounded -= 1;
  if (decimals != 0) rounded = ShiftPoint(rounded, -decimals);
  return rounded == 0 ? 0 : rounded;
}

std::string FixedText(double number, int decimals) {
  return fmt::format("{:.{}f}", std::abs(number), decimals);
}

std::optional<double> ParseIntPrefix(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\n')) {
    text.remove_prefix(1);
  }
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t length = std::min(text.find_first_not_of("0123456789"), text.size());
  if (length == 0) return std::nullopt;
  const double number = ReadNumber(text.substr(0, length));
  return negative ? -number : number;
}

}  // namespace trunkline::cloud::jsonata
