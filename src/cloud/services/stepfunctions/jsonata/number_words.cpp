#include "cloud/services/stepfunctions/jsonata/number_words.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "base/text.h"

namespace trunkline::cloud::jsonata {
namespace {

constexpr std::string_view kFew[] = {"Zero",    "One",     "Two",       "Three",    "Four",
                                     "Five",    "Six",     "Seven",     "Eight",    "Nine",
                                     "Ten",     "Eleven",  "Twelve",    "Thirteen", "Fourteen",
                                     "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen"};
constexpr std::string_view kOrdinals[] = {
    "Zeroth",     "First",     "Second",    "Third",       "Fourth",     "Fifth",     "Sixth",
    "Seventh",    "Eighth",    "Ninth",     "Tenth",       "Eleventh",   "Twelfth",   "Thirteenth",
    "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth"};
constexpr std::string_view kTens[] = {"Twenty", "Thirty",  "Forty",  "Fifty",
                                      "Sixty",  "Seventy", "Eighty", "Ninety"};
constexpr std::string_view kMagnitudes[] = {"Thousand", "Million", "Billion", "Trillion"};

std::string Words(double number, bool follows, bool ordinal);

std::string TensWords(double number, bool ordinal) {
  const std::string_view tens = kTens[static_cast<std::size_t>(number / 10) - 2];
  const double rest = std::fmod(number, 10);
  if (rest > 0) return std::string(tens) + "-" + Words(rest, false, ordinal);
  return ordinal ? std::string(tens.substr(0, tens.size() - 1)) + "ieth" : std::string(tens);
}

std::string LargeWords(double number, double factor, std::string_view name, bool ordinal) {
  const double count = std::floor(number / factor);
  const double rest = number - count * factor;
  std::string words = Words(count, false, false) + " " + std::string(name);
  if (rest > 0) return words + Words(rest, true, ordinal);
  return ordinal ? words + "th" : words;
}

std::string Words(double number, bool follows, bool ordinal) {
  if (number <= 19) {
    const auto index = static_cast<std::size_t>(number);
    return (follows ? " and " : "") + std::string(ordinal ? kOrdinals[index] : kFew[index]);
  }
  if (number < 100) return (follows ? " and " : "") + TensWords(number, ordinal);
  if (number < 1000) return (follows ? ", " : "") + LargeWords(number, 100, "Hundred", ordinal);
  const double magnitude = std::min(std::floor(std::log10(number) / 3), 4.0);
  const std::string_view name = kMagnitudes[static_cast<std::size_t>(magnitude) - 1];
  return (follows ? ", " : "") + LargeWords(number, std::pow(10, magnitude * 3), name, ordinal);
}

const std::map<std::string, double>& WordValues() {
  static const std::map<std::string, double> kValues = [] {
    std::map<std::string, double> all;
    for (std::size_t i = 0; i < std::size(kFew); ++i) {
      all[ToLower(kFew[i])] = static_cast<double>(i);
      all[ToLower(kOrdinals[i])] = static_cast<double>(i);
    }
    for (std::size_t i = 0; i < std::size(kTens); ++i) {
      const std::string word = ToLower(kTens[i]);
      const double value = static_cast<double>(i + 2) * 10;
      all[word] = value;
      all[word.substr(0, word.size() - 1) + "ieth"] = value;
    }
    all["hundred"] = 100;
    all["hundredth"] = 100;
    for (std::size_t i = 0; i < std::size(kMagnitudes); ++i) {
      const std::string word = ToLower(kMagnitudes[i]);
      all[word] = std::pow(10, static_cast<double>(i + 1) * 3);
      all[word + "th"] = all[word];
    }
    return all;
  }();
  return kValues;
}

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The length of what separates words at the start of `text`: ", ", " and ", a blank or "-".
std::size_t SeparatorLength(std::string_view text) {
  if (text.size() > 1 && text[0] == ',' && IsBlank(text[1])) return 2;
  if (text.size() > 4 && IsBlank(text[0]) && text.substr(1, 3) == "and" && IsBlank(text[4])) {
    return 5;
  }
  return IsBlank(text[0]) || text[0] == '-' || text[0] == '\\' ? 1 : 0;
}

std::vector<std::string> SplitWords(std::string_view text) {
  std::vector<std::string> words(1);
  while (!text.empty()) {
    const std::size_t separator = SeparatorLength(text);
    if (separator > 0) {
      words.emplace_back();
    } else {
      words.back() += text.front();
    }
    text.remove_prefix(std::max<std::size_t>(separator, 1));
  }
  return words;
}

}  // namespace

std::string ToWords(double number, bool ordinal) {
  return Words(number, false, ordinal);
}

double FromWords(std::string_view lower_case) {
  std::vector<double> segments = {0};
  for (const std::string& word : SplitWords(lower_case)) {
    const auto found = WordValues().find(word);
    if (found == WordValues().end()) return std::nan("");
    if (found->second >= 100) {
      segments.back() *= found->second;
    } else if (segments.back() >= 1000) {
      segments.push_back(found->second);
    } else {
      segments.back() += found->second;
    }
  }
  double total = 0;
  for (const double segment : segments) total += segment;
  return total;
}

// Longer words first: the first alternative that fits is taken.
std::string WordsPattern() {
  std::vector<std::string> words;
  for (const auto& [word, value] : WordValues()) words.push_back(word);
  std::ranges::sort(words, std::ranges::greater(), [](const std::string& w) { return w.size(); });
  words.emplace_back("and");
  words.emplace_back("[\\-, ]");
  return "(?:" + trunkline::Join(words, "|") + ")+";
}

std::string ToRoman(double number) {
  constexpr std::pair<int, std::string_view> kNumerals[] = {
      {1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
      {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
  std::string roman;
  auto rest = static_cast<int>(number);
  for (const auto& [value, numeral] : kNumerals) {
    for (; rest >= value; rest -= value) roman += numeral;
  }
  return roman;
}

double FromRoman(std::string_view upper_case) {
  constexpr std::string_view kNumerals = "MDCLXVI";
  constexpr double kValues[] = {1000, 500, 100, 50, 10, 5, 1};
  double number = 0;
  double most = 1;
  for (std::size_t i = upper_case.size(); i-- > 0;) {
    const std::size_t which = kNumerals.find(upper_case[i]);
    if (which == std::string_view::npos) return std::nan("");
    const double value = kValues[which];
    number += value < most ? -value : value;
    most = std::max(most, value);
  }
  return number;
}

std::string ToLetters(double number) {
  std::string letters;
  for (; number > 0; number = std::floor((number - 1) / 26)) {
    letters += static_cast<char>('a' + static_cast<int>(std::fmod(number - 1, 26)));
  }
  std::ranges::reverse(letters);
  return letters;
}

double FromLetters(std::string_view text, char first) {
  double number = 0;
  for (const char c : text) number = number * 26 + (c - first + 1);
  return number;
}

}  // namespace trunkline::cloud::jsonata
