#include "cloud/services/stepfunctions/jsonata/number_picture.h"

#include <algorithm>
#include <numeric>

#include "cloud/services/stepfunctions/jsonata/limits.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {
namespace {

constexpr std::size_t kNowhere = std::u32string::npos;

struct Parts {
  std::u32string text;
  std::u32string prefix;
  std::u32string suffix;
  std::u32string active;
  std::u32string mantissa;
  std::optional<std::u32string> exponent;
  std::u32string integer;
  std::u32string fraction;
};

std::vector<std::u32string> SplitPictures(std::u32string_view picture, char32_t separator) {
  std::vector<std::u32string> pictures;
  for (;;) {
    const std::size_t end = picture.find(separator);
    pictures.emplace_back(picture.substr(0, end));
    if (end == kNowhere) return pictures;
    picture.remove_prefix(end + 1);
  }
}

Parts SplitParts(const std::u32string& text, const NumberSigns& signs) {
  const auto active = [&](char32_t c) { return signs.IsActive(c) && c != signs.exponent; };
  const auto first = std::ranges::find_if(text, active);
  const auto last = std::find_if(text.rbegin(), text.rend(), active);
  Parts parts;
  parts.text = text;
  if (first != text.end()) {
    parts.prefix.assign(text.begin(), first);
    parts.suffix.assign(last.base(), text.end());
  }
  const std::size_t active_end = text.size() - parts.suffix.size();
  parts.active = text.substr(parts.prefix.size(), active_end - parts.prefix.size());
  // The place of the exponent is counted from the start of the picture, as in the reference.
  const std::size_t exponent = text.find(signs.exponent, parts.prefix.size());
  if (exponent == kNowhere || exponent > active_end) {
    parts.mantissa = parts.active;
  } else {
    parts.mantissa = parts.active.substr(0, exponent);
    parts.exponent = parts.active.substr(std::min(exponent + 1, parts.active.size()));
  }
  const std::size_t decimal = parts.mantissa.find(signs.decimal);
  parts.integer = parts.mantissa.substr(0, decimal);
  parts.fraction = decimal == kNowhere ? parts.suffix : parts.mantissa.substr(decimal + 1);
  return parts;
}

bool Repeats(const std::u32string& text, char32_t c) {
  return text.find(c) != text.rfind(c);
}

// A digit that must be there on the wrong side of one that may be there.
bool HasDigit(std::u32string_view part, const NumberSigns& signs) {
  return std::ranges::any_of(part, [&](char32_t c) { return signs.IsDigit(c); });
}

std::string_view MistakeOfSeparators(const Parts& parts, const NumberSigns& signs) {
  const std::u32string& text = parts.text;
  const std::size_t decimal = text.find(signs.decimal);
  const std::u32string twice(2, signs.grouping);
  if (text.find(twice) != kNowhere) return "D3089";
  if (decimal == kNowhere) return parts.integer.ends_with(signs.grouping) ? "D3088" : "";
  const bool before = decimal > 0 && text[decimal - 1] == signs.grouping;
  const bool after = decimal + 1 < text.size() && text[decimal + 1] == signs.grouping;
  return before || after ? "D3087" : "";
}

std::string_view MistakeOfDigits(const Parts& parts, const NumberSigns& signs) {
  const std::u32string_view fraction = parts.fraction;
  const std::size_t last_optional = fraction.rfind(signs.digit);
  if (last_optional != kNowhere && HasDigit(fraction.substr(last_optional), signs)) return "D3091";
  const std::u32string_view integer = parts.integer;
  const std::size_t first_optional = integer.find(signs.digit);
  if (first_optional != kNowhere && HasDigit(integer.substr(0, first_optional), signs)) {
    return "D3090";
  }
  return "";
}

std::string_view MistakeOfExponent(const Parts& parts, const NumberSigns& signs) {
  if (!parts.exponent) return "";
  const bool digits =
      std::ranges::all_of(*parts.exponent, [&](char32_t c) { return signs.IsDigit(c); });
  if (parts.exponent->empty() || !digits) return "D3093";
  const bool scaled =
      parts.text.find(signs.percent) != kNowhere || parts.text.find(signs.per_mille) != kNowhere;
  return scaled ? "D3092" : "";
}

std::string_view MistakeOfSigns(const Parts& parts, const NumberSigns& signs) {
  const std::u32string& text = parts.text;
  const auto counts = [&](char32_t c) { return signs.IsDigit(c) || c == signs.digit; };
  if (!std::ranges::all_of(parts.active, [&](char32_t c) { return signs.IsActive(c); })) {
    return "D3086";
  }
  if (std::ranges::none_of(parts.mantissa, counts)) return "D3085";
  if (text.find(signs.percent) != kNowhere && text.find(signs.per_mille) != kNowhere) {
    return "D3084";
  }
  if (Repeats(text, signs.per_mille)) return "D3083";
  if (Repeats(text, signs.percent)) return "D3082";
  return Repeats(text, signs.decimal) ? "D3081" : "";
}

// Of several mistakes the one the reference checks last is told.
Outcome<void> Check(const Parts& parts, const NumberSigns& signs) {
  for (const auto find :
       {MistakeOfExponent, MistakeOfDigits, MistakeOfSeparators, MistakeOfSigns}) {
    const std::string_view code = find(parts, signs);
    if (!code.empty()) return Failure(code);
  }
  return {};
}

std::size_t CountDigits(std::u32string_view part, const NumberSigns& signs, bool optional_too) {
  return static_cast<std::size_t>(std::ranges::count_if(
      part, [&](char32_t c) { return signs.IsDigit(c) || (optional_too && c == signs.digit); }));
}

// How many digits stand between each separator and the decimal point.
// The reference looks for all but the first in the integer part, whichever part it is about.
std::vector<std::size_t> GroupsOf(std::u32string_view part, const Parts& parts,
                                  const NumberSigns& signs, bool from_left) {
  std::vector<std::size_t> groups;
  for (std::size_t at = part.find(signs.grouping); at != kNowhere;
       at = parts.integer.find(signs.grouping, at + 1)) {
    const std::size_t place = std::min(at, part.size());
    groups.push_back(
        CountDigits(from_left ? part.substr(0, place) : part.substr(place), signs, true));
  }
  return groups;
}

std::size_t RegularGroup(const std::vector<std::size_t>& groups) {
  std::size_t factor = 0;
  for (const std::size_t group : groups) factor = std::gcd(factor, group);
  for (std::size_t i = 1; i <= groups.size(); ++i) {
    if (std::ranges::find(groups, i * factor) == groups.end()) return 0;
  }
  return factor;
}

NumberPicture Analyse(const Parts& parts, const NumberSigns& signs) {
  NumberPicture picture;
  picture.text = parts.text;
  picture.prefix = parts.prefix;
  picture.suffix = parts.suffix;
  picture.integer_groups = GroupsOf(parts.integer, parts, signs, false);
  picture.fraction_groups = GroupsOf(parts.fraction, parts, signs, true);
  picture.regular_group = RegularGroup(picture.integer_groups);
  picture.least_integer = CountDigits(parts.integer, signs, false);
  picture.scaling = picture.least_integer;
  picture.least_fraction = CountDigits(parts.fraction, signs, false);
  picture.most_fraction = CountDigits(parts.fraction, signs, true);
  if (picture.least_integer == 0 && picture.most_fraction == 0) {
    if (parts.exponent) {
      picture.least_fraction = 1;
      picture.most_fraction = 1;
    } else {
      picture.least_integer = 1;
    }
  }
  const bool optional = parts.integer.find(signs.digit) != kNowhere;
  if (parts.exponent && picture.least_integer == 0 && optional) picture.least_integer = 1;
  if (picture.least_integer == 0 && picture.least_fraction == 0) picture.least_fraction = 1;
  if (parts.exponent) picture.least_exponent = CountDigits(*parts.exponent, signs, false);
  return picture;
}

}  // namespace

NumberSigns NumberSigns::Of(const Value& options) {
  NumberSigns signs;
  if (!options.IsObject()) return signs;
  const std::pair<std::string_view, char32_t*> single[] = {{"decimal-separator", &signs.decimal},
                                                           {"grouping-separator", &signs.grouping},
                                                           {"exponent-separator", &signs.exponent},
                                                           {"percent", &signs.percent},
                                                           {"per-mille", &signs.per_mille},
                                                           {"zero-digit", &signs.zero},
                                                           {"digit", &signs.digit},
                                                           {"pattern-separator", &signs.pattern}};
  for (const auto& [name, sign] : single) {
    const Value option = options.Find(name);
    std::size_t at = 0;
    if (option.IsText() && !option.AsText().empty()) *sign = NextCodePoint(option.AsText(), at);
  }
  const Value minus = options.Find("minus-sign");
  if (minus.IsText()) signs.minus = ToU32(minus.AsText());
  return signs;
}

bool NumberSigns::IsActive(char32_t c) const {
  return IsDigit(c) || c == decimal || c == exponent || c == grouping || c == digit || c == pattern;
}

std::u32string ToU32(std::string_view text) {
  const std::vector<char32_t> points = ToCodePoints(text);
  return {points.begin(), points.end()};
}

Outcome<std::vector<NumberPicture>> ReadNumberPictures(std::string_view picture,
                                                       const NumberSigns& signs) {
  if (picture.size() > kMaxPictureBytes) return MemoryExceeded();
  const std::vector<std::u32string> texts = SplitPictures(ToU32(picture), signs.pattern);
  if (texts.size() > 2) return Failure("D3080");
  std::vector<NumberPicture> pictures;
  for (const std::u32string& text : texts) {
    const Parts parts = SplitParts(text, signs);
    TL_DO(Check(parts, signs));
    pictures.push_back(Analyse(parts, signs));
  }
  return pictures;
}

}  // namespace trunkline::cloud::jsonata
