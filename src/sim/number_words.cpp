// Numbers as people say them: "one hundred twenty three point four", "minus fifteen", "treinta y
// dos", "4.50".
#include <array>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>

#include "base/text.h"
#include "sim/slot_values.h"

namespace trunkline::sim {
namespace {

struct NumberWord {
  std::string_view word;
  std::int64_t value;
};

constexpr NumberWord kEnglish[] = {
    {"zero", 0},      {"oh", 0},       {"one", 1},      {"two", 2},        {"three", 3},
    {"four", 4},      {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},
    {"nine", 9},      {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13},
    {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18},
    {"nineteen", 19}, {"twenty", 20},  {"thirty", 30},  {"forty", 40},     {"fifty", 50},
    {"sixty", 60},    {"seventy", 70}, {"eighty", 80},  {"ninety", 90}};
constexpr NumberWord kEnglishScales[] = {
    {"hundred", 100}, {"thousand", 1000}, {"million", 1'000'000}};

constexpr NumberWord kSpanish[] = {{"cero", 0},
                                   {"un", 1},
                                   {"uno", 1},
                                   {"una", 1},
                                   {"dos", 2},
                                   {"tres", 3},
                                   {"cuatro", 4},
                                   {"cinco", 5},
                                   {"seis", 6},
                                   {"siete", 7},
                                   {"ocho", 8},
                                   {"nueve", 9},
                                   {"diez", 10},
                                   {"once", 11},
                                   {"doce", 12},
                                   {"trece", 13},
                                   {"catorce", 14},
                                   {"quince", 15},
                                   {"dieciseis", 16},
                                   {"diecisiete", 17},
                                   {"dieciocho", 18},
                                   {"diecinueve", 19},
                                   {"veinte", 20},
                                   {"veintiun", 21},
                                   {"veintiuno", 21},
                                   {"veintidos", 22},
                                   {"veintitres", 23},
                                   {"veinticuatro", 24},
                                   {"veinticinco", 25},
                                   {"veintiseis", 26},
                                   {"veintisiete", 27},
                                   {"veintiocho", 28},
                                   {"veintinueve", 29},
                                   {"treinta", 30},
                                   {"cuarenta", 40},
                                   {"cincuenta", 50},
                                   {"sesenta", 60},
                                   {"setenta", 70},
                                   {"ochenta", 80},
                                   {"noventa", 90},
                                   {"cien", 100},
                                   {"ciento", 100},
                                   {"doscientos", 200},
                                   {"trescientos", 300},
                                   {"cuatrocientos", 400},
                                   {"quinientos", 500},
                                   {"seiscientos", 600},
                                   {"setecientos", 700},
                                   {"ochocientos", 800},
                                   {"novecientos", 900}};
constexpr NumberWord kSpanishScales[] = {
    {"mil", 1000}, {"millon", 1'000'000}, {"millones", 1'000'000}};

std::optional<std::int64_t> Find(std::span<const NumberWord> words, std::string_view word) {
  for (const NumberWord& one : words) {
    if (one.word == word) return one.value;
  }
  return std::nullopt;
}

// Adds words up: "two hundred thousand five" = (2 * 100) * 1000 + 5. Single digits in a row are
// digits of one number: "one two three" = 123.
class Sum {
 public:
  explicit Sum(Language language)
      : units_(language == Language::kSpanish ? std::span<const NumberWord>(kSpanish) : kEnglish),
        scales_(language == Language::kSpanish ? std::span<const NumberWord>(kSpanishScales)
                                               : kEnglishScales) {}

  bool Take(std::string_view word) {
    if (const auto unit = Find(units_, word)) {
      const bool digit_follows_digit = last_was_digit_ && *unit < 10;
      group_ = digit_follows_digit ? group_ * 10 + *unit : group_ + *unit;
      last_was_digit_ = *unit < 10;
      any_ = true;
      return total_ + group_ < kMost;
    }
    const auto scale = Find(scales_, word);
    if (!scale) return false;
    last_was_digit_ = false;
    any_ = true;
    const std::int64_t factor = group_ == 0 ? 1 : group_;
    if (factor > kMost / *scale) return false;
    if (*scale == 100) {
      group_ = factor * 100;
    } else {
      total_ += factor * *scale;
      group_ = 0;
    }
    return total_ < kMost;
  }
  std::optional<std::int64_t> Value() const {
    return any_ ? std::optional(total_ + group_) : std::nullopt;
  }

 private:
  static constexpr std::int64_t kMost = 1'000'000'000'000;
  std::span<const NumberWord> units_, scales_;
  std::int64_t total_ = 0, group_ = 0;
  bool any_ = false, last_was_digit_ = false;
};

// "123", "1,234", "-15", "4.50": figures, with a comma only between groups of three.
std::optional<std::string> Figures(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool group = text[at] == ',' && at > 0 && text.size() - at >= 4;
    if (!group) plain += text[at];
  }
  const auto digits = plain.find_first_not_of('-');
  if (digits == std::string::npos || digits > 1) return std::nullopt;
  if (plain.find_first_not_of("0123456789.", digits) != std::string::npos) return std::nullopt;
  const auto dot = plain.find('.');
  const bool one_dot_inside = dot > digits && dot + 1 < plain.size() && dot == plain.rfind('.');
  if (dot != std::string::npos && !one_dot_inside) return std::nullopt;
  return plain;
}

bool IsMinus(std::string_view word) {
  return word == "minus" || word == "menos" || word == "negative";
}
bool IsPoint(std::string_view word, Language language) {
  return language == Language::kSpanish ? word == "punto" || word == "coma" : word == "point";
}
bool IsAnd(std::string_view word, Language language) {
  return word == (language == Language::kSpanish ? "y" : "and");
}

// "three four" behind the point is "34".
std::optional<std::string> Decimals(std::span<const Word> words, Language language) {
  std::string decimals;
  for (const Word& word : words) {
    const auto digit =
        Find(language == Language::kSpanish ? std::span<const NumberWord>(kSpanish) : kEnglish,
             word.text);
    if (digit && *digit < 10) {
      decimals += std::to_string(*digit);
    } else if (ToInt(word.text)) {
      decimals += word.text;
    } else {
      return std::nullopt;
    }
  }
  return decimals.empty() ? std::nullopt : std::optional(decimals);
}

std::optional<std::string> InWords(std::span<const Word> words, Language language) {
  Sum sum(language);
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string& word = words[at].text;
    if (IsPoint(word, language)) {
      const auto whole = sum.Value();
      const auto decimals = Decimals(words.subspan(at + 1), language);
      return whole && decimals ? std::optional(std::to_string(*whole) + "." + *decimals)
                               : std::nullopt;
    }
    if (IsAnd(word, language) && at > 0) continue;
    if (!sum.Take(word)) return std::nullopt;
  }
  const auto value = sum.Value();
  return value ? std::optional(std::to_string(*value)) : std::nullopt;
}

}  // namespace

std::optional<std::string> ReadNumber(std::string_view text, Language language) {
  if (auto figures = Figures(Trim(text))) return figures;
  const std::vector<Word> words = WordsOf(text, language);
  if (words.empty()) return std::nullopt;
  const bool minus = IsMinus(words.front().text);
  const std::span<const Word> rest = std::span(words).subspan(minus ? 1 : 0);
  if (rest.empty()) return std::nullopt;
  const std::string spoken(Trim(text.substr(rest.front().begin)));
  auto number = Figures(spoken);
  if (!number) number = InWords(rest, language);
  if (!number) return std::nullopt;
  return minus ? "-" + *number : *number;
}

}  // namespace trunkline::sim
