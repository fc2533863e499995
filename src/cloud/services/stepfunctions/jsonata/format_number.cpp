#include "cloud/services/stepfunctions/jsonata/format_number.h"

#include <cmath>

#include "cloud/services/stepfunctions/jsonata/number_picture.h"
#include "cloud/services/stepfunctions/jsonata/numbers.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {
namespace {

constexpr std::size_t kNowhere = std::u32string::npos;

struct Scaled {
  double mantissa = 0;
  int exponent = 0;
};

// mantissa * 10^exponent with as many digits before the point as the picture wants.
Scaled Scale(double number, const NumberPicture& picture) {
  Scaled scaled{.mantissa = std::abs(number), .exponent = 0};
  if (picture.least_exponent == 0 || number == 0) return scaled;
  const double most = std::pow(10, static_cast<double>(picture.scaling));
  const double least = std::pow(10, static_cast<double>(picture.scaling) - 1);
  for (; scaled.mantissa < least; --scaled.exponent) scaled.mantissa *= 10;
  for (; scaled.mantissa > most; ++scaled.exponent) scaled.mantissa /= 10;
  return scaled;
}

std::u32string Digits(double number, std::size_t decimals, const NumberSigns& signs) {
  std::u32string text = ToU32(FixedText(number, static_cast<int>(decimals)));
  for (char32_t& c : text) {
    if (c >= U'0' && c <= U'9') c = c - U'0' + signs.zero;
  }
  return text;
}

// The digits with the decimal point, with no zero at either end but those the picture wants.
std::u32string Pad(std::u32string text, const NumberPicture& picture, const NumberSigns& signs) {
  const std::size_t point = text.find(U'.');
  if (point == kNowhere) {
    text += signs.decimal;
  } else {
    text[point] = signs.decimal;
  }
  text.erase(0, text.find_first_not_of(signs.zero));
  text.erase(text.find_last_not_of(signs.zero) + 1);
  const std::size_t integers = text.find(signs.decimal);
  if (integers < picture.least_integer) {
    text.insert(0, std::u32string(picture.least_integer - integers, signs.zero));
  }
  const std::size_t fractions = text.size() - text.find(signs.decimal) - 1;
  if (fractions < picture.least_fraction) {
    text.append(picture.least_fraction - fractions, signs.zero);
  }
  return text;
}

void InsertGroups(std::u32string& text, const NumberPicture& picture, const NumberSigns& signs) {
  std::size_t point = text.find(signs.decimal);
  const std::size_t regular = picture.regular_group;
  if (regular > 0) {
    for (std::size_t at = point; at > regular; at -= regular) {
      text.insert(at - regular, 1, signs.grouping);
    }
  } else {
    for (const std::size_t group : picture.integer_groups) {
      if (group >= point) continue;
      text.insert(point - group, 1, signs.grouping);
      ++point;
    }
  }
  point = text.find(signs.decimal);
  for (const std::size_t group : picture.fraction_groups) {
    if (point + 1 + group <= text.size()) text.insert(point + 1 + group, 1, signs.grouping);
  }
}

std::u32string Exponent(int exponent, const NumberPicture& picture, const NumberSigns& signs) {
  std::u32string digits = Digits(exponent, 0, signs);
  if (digits.size() < picture.least_exponent) {
    digits.insert(0, std::u32string(picture.least_exponent - digits.size(), signs.zero));
  }
  return signs.exponent + (exponent < 0 ? signs.minus : U"") + digits;
}

}  // namespace

Outcome<std::string> FormatNumber(double number, std::string_view picture_text,
                                  const Value& options) {
  const NumberSigns signs = NumberSigns::Of(options);
  TL_TRY(std::vector<NumberPicture> pictures, ReadNumberPictures(picture_text, signs));
  if (!std::isfinite(number)) return Failure("D1001").With("value", "null");
  if (pictures.size() == 1) {
    pictures.push_back(pictures.front());
    pictures.back().prefix.insert(0, signs.minus);
  }
  const NumberPicture& picture = number >= 0 ? pictures[0] : pictures[1];
  if (picture.text.find(signs.percent) != kNowhere) {
    number *= 100;
  } else if (picture.text.find(signs.per_mille) != kNowhere) {
    number *= 1000;
  }
  const Scaled scaled = Scale(number, picture);
  const double rounded = RoundHalfEven(scaled.mantissa, static_cast<int>(picture.most_fraction));
  std::u32string text = Pad(Digits(rounded, picture.most_fraction, signs), picture, signs);
  InsertGroups(text, picture, signs);
  const std::size_t point = text.find(signs.decimal);
  if (picture.text.find(signs.decimal) == kNowhere || point == text.size() - 1) text.pop_back();
  if (picture.least_exponent > 0) text += Exponent(scaled.exponent, picture, signs);
  text = picture.prefix + text + picture.suffix;
  std::string utf8;
  for (const char32_t c : text) AppendCodePoint(utf8, c);
  return utf8;
}

}  // namespace trunkline::cloud::jsonata
