#include "cloud/services/stepfunctions/jsonata/integer_picture.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/stepfunctions/jsonata/limits.h"
#include "cloud/services/stepfunctions/jsonata/number_words.h"
#include "cloud/services/stepfunctions/jsonata/numbers.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {
namespace {

// The zeros of Unicode's families of decimal digits.
constexpr char32_t kZeros[] = {0x30,   0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6,
                               0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0,
                               0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80,
                               0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900,
                               0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10};

std::optional<char32_t> ZeroOf(char32_t digit) {
  const auto* above = std::ranges::upper_bound(kZeros, digit);
  if (above == std::begin(kZeros) || digit > *(above - 1) + 9) return std::nullopt;
  return *(above - 1);
}

bool AreRegular(const std::vector<IntegerPicture::Separator>& separators, std::size_t& every) {
  if (separators.empty()) return false;
  every = 0;
  for (const IntegerPicture::Separator& separator : separators) {
    if (separator.character != separators.front().character) return false;
    every = std::gcd(every, separator.position);
  }
  for (std::size_t i = 1; i <= separators.size(); ++i) {
    if (std::ranges::find(separators, i * every, &IntegerPicture::Separator::position) ==
        separators.end()) {
      return false;
    }
  }
  return every > 0;
}

Outcome<void> ReadDigits(std::string_view text, IntegerPicture& picture) {
  std::vector<char32_t> points = ToCodePoints(text);
  std::ranges::reverse(points);
  std::size_t position = 0;
  for (const char32_t c : points) {
    if (const std::optional<char32_t> zero = ZeroOf(c)) {
      if (picture.mandatory > 0 && picture.zero != *zero) return Failure("D3131");
      picture.zero = *zero;
      ++picture.mandatory;
      ++position;
    } else if (c == U'#') {
      ++picture.optional;
      ++position;
    } else {
      picture.separators.push_back({.position = position, .character = c});
    }
  }
  if (picture.mandatory == 0) {
    picture.form = IntegerPicture::Form::kSequence;
    picture.token = text;
    return {};
  }
  std::size_t every = 0;
  picture.regular = AreRegular(picture.separators, every);
  if (picture.regular) {
    const char32_t character = picture.separators.front().character;
    picture.separators = {{.position = every, .character = character}};
  }
  return {};
}

// What a picture is that has no digits.
std::optional<std::pair<IntegerPicture::Form, IntegerPicture::Case>> FormOf(std::string_view text) {
  using Form = IntegerPicture::Form;
  using Case = IntegerPicture::Case;
  if (text == "A") return std::pair(Form::kLetters, Case::kUpper);
  if (text == "a") return std::pair(Form::kLetters, Case::kLower);
  if (text == "I") return std::pair(Form::kRoman, Case::kUpper);
  if (text == "i") return std::pair(Form::kRoman, Case::kLower);
  if (text == "W") return std::pair(Form::kWords, Case::kUpper);
  if (text == "Ww") return std::pair(Form::kWords, Case::kTitle);
  if (text == "w") return std::pair(Form::kWords, Case::kLower);
  return std::nullopt;
}

std::string_view OrdinalSuffix(std::string_view digits) {
  const bool teen = digits.size() > 1 && digits[digits.size() - 2] == '1';
  switch (teen ? '0' : digits.back()) {
    case '1':
      return "st";
    case '2':
      return "nd";
    case '3':
      return "rd";
    default:
      return "th";
  }
}

std::string FormatDecimal(double value, const IntegerPicture& picture) {
  const std::string plain = NumberText(value);
  std::u32string digits;
  if (plain.size() < picture.mandatory) digits.assign(picture.mandatory - plain.size(), U'0');
  for (const char c : plain) digits += static_cast<char32_t>(c);
  for (char32_t& c : digits) c = c - U'0' + picture.zero;
  if (picture.regular) {
    const IntegerPicture::Separator& separator = picture.separators.front();
    for (std::size_t at = digits.size(); at > separator.position;) {
      at -= separator.position;
      digits.insert(at, 1, separator.character);
    }
  } else {
    for (std::size_t i = picture.separators.size(); i-- > 0;) {
      const IntegerPicture::Separator& separator = picture.separators[i];
      if (separator.position >= digits.size()) continue;
      digits.insert(digits.size() - separator.position, 1, separator.character);
    }
  }
  std::string text;
  for (const char32_t c : digits) AppendCodePoint(text, c);
  if (picture.ordinal) text += OrdinalSuffix(text);
  return text;
}

double ReadDecimal(std::string_view text, const IntegerPicture& picture) {
  std::string digits(text);
  if (picture.ordinal) digits.resize(digits.size() - std::min<std::size_t>(digits.size(), 2));
  if (picture.regular) {
    digits = Replace(digits, ",", "");
  } else {
    for (const IntegerPicture::Separator& separator : picture.separators) {
      std::string character;
      AppendCodePoint(character, separator.character);
      digits = Replace(digits, character, "");
    }
  }
  std::string plain;
  for (const char32_t c : ToCodePoints(digits)) {
    AppendCodePoint(plain, picture.zero == U'0' ? c : c - picture.zero + U'0');
  }
  return ParseIntPrefix(plain).value_or(std::nan(""));
}

}  // namespace

Outcome<IntegerPicture> IntegerPicture::Parse(std::string_view text) {
  if (text.size() > kMaxPictureBytes) return MemoryExceeded();
  IntegerPicture picture;
  const std::size_t semicolon = text.rfind(';');
  const std::string_view primary = text.substr(0, semicolon);
  if (semicolon != std::string_view::npos) {
    picture.ordinal = text.substr(semicolon + 1).starts_with('o');
  }
  if (const auto form = FormOf(primary)) {
    picture.form = form->first;
    picture.letter_case = form->second;
    return picture;
  }
  TL_DO(ReadDigits(primary, picture));
  return picture;
}

Outcome<std::string> IntegerPicture::Format(double value) const {
  if (!std::isfinite(value)) return Failure("D1001").With("value", "null");
  const bool negative = value < 0;
  value = std::abs(value);
  std::string text;
  switch (form) {
    case Form::kLetters:
      text = ToLetters(value);
      break;
    case Form::kRoman:
      if (value > kMaxRoman) return StackExceeded();
      text = ToRoman(value);
      break;
    case Form::kWords:
      text = ToWords(value, ordinal);
      break;
    case Form::kDecimal:
      text = FormatDecimal(value, *this);
      break;
    case Form::kSequence:
      return Failure("D3130").With("value", json::Quote(token));
  }
  if (form != Form::kDecimal && letter_case == Case::kUpper) text = ToUpper(text);
  if (form == Form::kWords && letter_case == Case::kLower) text = ToLower(text);
  return negative ? "-" + text : text;
}

Outcome<double> IntegerPicture::Read(std::string_view text) const {
  const bool upper = letter_case == Case::kUpper;
  switch (form) {
    case Form::kLetters:
      return FromLetters(text, upper ? 'A' : 'a');
    case Form::kRoman:
      return FromRoman(upper ? std::string(text) : ToUpper(text));
    case Form::kWords:
      return FromWords(ToLower(text));
    case Form::kDecimal:
      return ReadDecimal(text, *this);
    case Form::kSequence:
      break;
  }
  return Failure("D3130").With("value", json::Quote(token));
}

Outcome<std::string> IntegerPicture::Pattern(std::size_t digits) const {
  const bool upper = letter_case == Case::kUpper;
  std::string occurrences = "+";
  if (digits > 0 && optional == 0) occurrences = fmt::format("{{{}}}", digits);
  if (digits > 0 && optional > 0) {
    occurrences = fmt::format("{{{},{}}}", digits - std::min(optional, digits), digits);
  }
  switch (form) {
    case Form::kLetters:
      return std::string(upper ? "[A-Z]+" : "[a-z]+");
    case Form::kRoman:
      return std::string(upper ? "[MDCLXVI]+" : "[mdclxvi]+");
    case Form::kWords:
      return WordsPattern();
    case Form::kDecimal:
      return "[0-9]" + occurrences + (ordinal ? "(?:th|st|nd|rd)" : "");
    case Form::kSequence:
      break;
  }
  return Failure("D3130").With("value", json::Quote(token));
}

}  // namespace trunkline::cloud::jsonata
