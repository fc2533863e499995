#include "cloud/services/dynamodb/number.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/dynamodb/refusals.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::size_t kMostDigits = 38;
constexpr int kHighestExponent = 126;  // of 0.ddd: 9.9E+125
constexpr int kLowestExponent = -129;  // 1E-130
constexpr std::size_t kLongestText = 1024;

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

ServiceError NotANumber(std::string_view text) {
  if (text.empty()) return Invalid("The parameter cannot be converted to a numeric value");
  return Invalid(fmt::format("The parameter cannot be converted to a numeric value: {}", text));
}

// Digits with their value's exponent, as columns of one addition.
struct Columns {
  std::string a;
  std::string b;
  int exponent = 0;  // of the first column, as in 0.<digits>
};

// Both with the same first column and the same length; one column to spare.
Columns Align(std::string a, int a_exponent, std::string b, int b_exponent) {
  const int first = std::max(a_exponent, b_exponent) + 1;
  a.insert(0, static_cast<std::size_t>(first - a_exponent), '0');
  b.insert(0, static_cast<std::size_t>(first - b_exponent), '0');
  const std::size_t length = std::max(a.size(), b.size());
  a.resize(length, '0');
  b.resize(length, '0');
  return {std::move(a), std::move(b), first};
}

std::string AddColumns(const std::string& a, const std::string& b) {
  std::string sum(a.size(), '0');
  int carry = 0;
  for (std::size_t i = a.size(); i-- > 0;) {
    const int column = (a[i] - '0') + (b[i] - '0') + carry;
    sum[i] = static_cast<char>('0' + column % 10);
    carry = column / 10;
  }
  return sum;
}

// a >= b.
std::string SubtractColumns(const std::string& a, const std::string& b) {
  std::string rest(a.size(), '0');
  int borrow = 0;
  for (std::size_t i = a.size(); i-- > 0;) {
    int column = (a[i] - '0') - (b[i] - '0') - borrow;
    borrow = column < 0 ? 1 : 0;
    if (column < 0) column += 10;
    rest[i] = static_cast<char>('0' + column);
  }
  return rest;
}

}  // namespace

Answer<Number> Number::Make(bool negative, std::string digits, int exponent) {
  const std::size_t first = digits.find_first_not_of('0');
  Number number;
  if (first == std::string::npos) return number;
  digits.erase(0, first);
  digits.erase(digits.find_last_not_of('0') + 1);
  exponent -= static_cast<int>(first);
  if (exponent > kHighestExponent) {
    return Invalid(
        "Number overflow. Attempting to store a number with magnitude larger than supported range");
  }
  if (exponent < kLowestExponent) {
    return Invalid(
        "Number underflow. Attempting to store a number with magnitude smaller than supported "
        "range");
  }
  if (digits.size() > kMostDigits)
    return Invalid("Attempting to store more than 38 significant digits in a Number");
  number.digits_ = std::move(digits);
  number.exponent_ = exponent;
  number.negative_ = negative;
  return number;
}

Answer<Number> Number::Parse(std::string_view text) {
  if (text.empty() || text.size() > kLongestText) return NotANumber(text.substr(0, 64));
  std::size_t at = text[0] == '-' || text[0] == '+' ? 1 : 0;
  std::string digits;
  std::size_t before_point = 0;
  bool point = false;
  for (; at < text.size() && (IsDigit(text[at]) || (text[at] == '.' && !point)); ++at) {
    if (text[at] == '.') {
      point = true;
      before_point = digits.size();
    } else {
      digits += text[at];
    }
  }
  if (!point) before_point = digits.size();
  if (digits.empty()) return NotANumber(text);
  int exponent = static_cast<int>(before_point);
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return NotANumber(text);
    std::string_view power = text.substr(at + 1);
    const bool plus = power.starts_with('+');
    if (plus) power.remove_prefix(1);
    const auto value = ToInt(power);
    if (!value || (plus && power.starts_with('-'))) return NotANumber(text);
    exponent += static_cast<int>(std::clamp<std::int64_t>(*value, -100000, 100000));
  }
  return Make(text[0] == '-', std::move(digits), exponent);
}

std::string Number::Text() const {
  if (digits_.empty()) return "0";
  std::string text = negative_ ? "-" : "";
  const auto length = static_cast<int>(digits_.size());
  if (exponent_ <= 0) {
    text += "0.";
    text.append(static_cast<std::size_t>(-exponent_), '0');
    return text + digits_;
  }
  if (exponent_ >= length) {
    text += digits_;
    text.append(static_cast<std::size_t>(exponent_ - length), '0');
    return text;
  }
  const auto whole = static_cast<std::size_t>(exponent_);
  return text + digits_.substr(0, whole) + "." + digits_.substr(whole);
}

Answer<Number> Number::Add(const Number& a, const Number& b) {
  if (a.digits_.empty()) return b;
  if (b.digits_.empty()) return a;
  const Columns columns = Align(a.digits_, a.exponent_, b.digits_, b.exponent_);
  if (a.negative_ == b.negative_)
    return Make(a.negative_, AddColumns(columns.a, columns.b), columns.exponent);
  const bool a_larger = columns.a >= columns.b;
  std::string rest =
      a_larger ? SubtractColumns(columns.a, columns.b) : SubtractColumns(columns.b, columns.a);
  return Make(a_larger ? a.negative_ : b.negative_, std::move(rest), columns.exponent);
}

Answer<Number> Number::Subtract(const Number& a, const Number& b) {
  Number minus = b;
  minus.negative_ = !b.negative_ && !b.digits_.empty();
  return Add(a, minus);
}

std::strong_ordering Number::operator<=>(const Number& other) const {
  return SortText() <=> other.SortText();
}

// Sign, exponent and digits; of negative ones both complemented, and a mark behind the digits that
// puts the longer one first.
std::string Number::SortText() const {
  if (digits_.empty()) return "1";
  constexpr int kMiddle = 500;
  if (!negative_) return fmt::format("2{:03}{}", kMiddle + exponent_, digits_);
  std::string text = fmt::format("0{:03}", kMiddle - exponent_);
  for (const char digit : digits_) text += static_cast<char>('0' + ('9' - digit));
  return text + '~';
}

}  // namespace trunkline::cloud::dynamodb
