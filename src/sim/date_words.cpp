// AMAZON.Date: "tomorrow", "next monday", "december 24th", "24 de diciembre", "2026-12-24",
// "12/24/2026". A date without a year is the first one on or after today; "next week" and "next
// month" are their last days.
#include <array>
#include <chrono>
#include <optional>
#include <string>

#include "base/text.h"
#include "sim/slot_values.h"

namespace trunkline::sim {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year_month_day;
using Names = std::span<const std::string_view>;

constexpr std::string_view kEnglishDays[] = {"sunday",   "monday", "tuesday", "wednesday",
                                             "thursday", "friday", "saturday"};
constexpr std::string_view kSpanishDays[] = {"domingo", "lunes",   "martes", "miercoles",
                                             "jueves",  "viernes", "sabado"};
constexpr std::string_view kEnglishMonths[] = {"january",   "february", "march",    "april",
                                               "may",       "june",     "july",     "august",
                                               "september", "october",  "november", "december"};
constexpr std::string_view kSpanishMonths[] = {"enero",      "febrero", "marzo",     "abril",
                                               "mayo",       "junio",   "julio",     "agosto",
                                               "septiembre", "octubre", "noviembre", "diciembre"};

struct Relative {
  std::string_view words;
  int days;
};
constexpr Relative kEnglishRelative[] = {{"today", 0},
                                         {"tonight", 0},
                                         {"tomorrow", 1},
                                         {"yesterday", -1},
                                         {"day after tomorrow", 2},
                                         {"the day after tomorrow", 2}};
constexpr Relative kSpanishRelative[] = {
    {"hoy", 0}, {"manana", 1}, {"ayer", -1}, {"pasado manana", 2}};

struct Ordinal {
  std::string_view word, cardinal;
};
constexpr Ordinal kOrdinals[] = {
    {"first", "one"},        {"second", "two"}, {"third", "three"},    {"fifth", "five"},
    {"eighth", "eight"},     {"ninth", "nine"}, {"twelfth", "twelve"}, {"twentieth", "twenty"},
    {"thirtieth", "thirty"}, {"primero", "uno"}};

std::optional<unsigned> IndexOf(Names names, std::string_view word) {
  for (std::size_t index = 0; index < names.size(); ++index) {
    if (names[index] == word) return static_cast<unsigned>(index);
  }
  return std::nullopt;
}

Names DayNames(Language language) {
  return language == Language::kSpanish ? Names(kSpanishDays) : kEnglishDays;
}
Names MonthNames(Language language) {
  return language == Language::kSpanish ? Names(kSpanishMonths) : kEnglishMonths;
}

std::optional<sys_days> DateOf(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
    return std::nullopt;
  const year_month_day date(std::chrono::year(static_cast<int>(year)),
                            std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day)));
  return date.ok() ? std::optional(sys_days(date)) : std::nullopt;
}

std::optional<sys_days> InFigures(std::string_view text, Language language) {
  const char separator = text.find('/') != std::string_view::npos ? '/' : '-';
  const auto parts = Split(text, separator);
  if (parts.size() != 3) return std::nullopt;
  const auto first = ToInt(parts[0]);
  const auto second = ToInt(parts[1]);
  const auto third = ToInt(parts[2]);
  if (!first || !second || !third) return std::nullopt;
  if (separator == '-') return DateOf(*first, *second, *third);
  if (language == Language::kSpanish) return DateOf(*third, *second, *first);
  const auto american = DateOf(*third, *first, *second);
  return american ? american : DateOf(*third, *second, *first);
}

// "24th", "twenty fourth", "24", "veinticuatro".
std::optional<std::int64_t> DayNumber(std::string_view words, Language language) {
  std::string cardinal;
  for (const std::string_view part : Split(words, ' ')) {
    std::string word(part);
    for (const Ordinal& ordinal : kOrdinals) {
      if (ordinal.word == word) word = ordinal.cardinal;
    }
    const bool suffixed = language == Language::kEnglish && word.size() > 2 &&
                          (word.ends_with("th") || word.ends_with("st") || word.ends_with("nd") ||
                           word.ends_with("rd"));
    const bool figures = word[0] >= '0' && word[0] <= '9';
    if (suffixed && (figures || word.ends_with("th"))) word.resize(word.size() - 2);
    cardinal += (cardinal.empty() ? "" : " ") + word;
  }
  const auto number = ReadNumber(cardinal, language);
  return number ? ToInt(*number) : std::nullopt;
}

// The words of a text without articles and prepositions, joined by one blank.
std::string Bare(std::string_view text, Language language) {
  std::string bare;
  for (const Word& word : WordsOf(text, language)) {
    const bool dropped = word.text == "the" || word.text == "of" || word.text == "on" ||
                         word.text == "this" || word.text == "el" || word.text == "la" ||
                         word.text == "de" || word.text == "este";
    if (!dropped) bare += (bare.empty() ? "" : " ") + word.text;
  }
  return bare;
}

std::optional<sys_days> ByWeekday(const std::string& bare, Language language, sys_days today) {
  const std::string_view next = language == Language::kSpanish ? "proximo " : "next ";
  const bool later = bare.starts_with(next);
  const auto index =
      IndexOf(DayNames(language), later ? std::string_view(bare).substr(next.size()) : bare);
  if (!index) return std::nullopt;
  const days ahead = weekday(*index) - weekday(today);
  return today + (later && ahead == days(0) ? days(7) : ahead);
}

std::optional<sys_days> BySpan(const std::string& bare, sys_days today) {
  if (bare == "next week" || bare == "proxima semana") {
    // The Sunday of the week after this one; weeks begin on Monday.
    const days to_sunday = weekday(0) - weekday(today);
    return today + to_sunday + days(7);
  }
  if (bare == "next month" || bare == "proximo mes") {
    const year_month_day date(today);
    return sys_days((date.year() / date.month() + months(1)) / std::chrono::last);
  }
  return std::nullopt;
}

// "december 24 2026", "24 december": the month's name splits the rest into day and year.
std::optional<sys_days> ByMonth(const std::string& bare, Language language, sys_days today) {
  std::string before;
  std::string after;
  std::optional<unsigned> month;
  for (const std::string_view word : Split(bare, ' ')) {
    if (const auto index = month ? std::nullopt : IndexOf(MonthNames(language), word)) {
      month = *index + 1;
      continue;
    }
    std::string& part = month ? after : before;
    part += (part.empty() ? "" : " ") + std::string(word);
  }
  if (!month) return std::nullopt;
  const auto year_at = after.rfind(' ') == std::string::npos ? 0 : after.rfind(' ') + 1;
  const std::int64_t number = ToInt(std::string_view(after).substr(year_at)).value_or(0);
  const bool has_year = number >= 1000;
  if (has_year) after.resize(year_at == 0 ? 0 : year_at - 1);
  const auto day = DayNumber(before.empty() ? after : before, language);
  if (!day || (!before.empty() && !after.empty())) return std::nullopt;
  const auto this_year = static_cast<int>(year_month_day(today).year());
  const auto date = DateOf(has_year ? number : this_year, *month, *day);
  return date && !has_year && *date < today ? DateOf(this_year + 1, *month, *day) : date;
}

std::optional<sys_days> DateIn(std::string_view text, Language language, sys_days today) {
  if (auto date = InFigures(Trim(text), language)) return date;
  const std::string folded = Folded(text);
  const std::span<const Relative> relative = language == Language::kSpanish
                                                 ? std::span<const Relative>(kSpanishRelative)
                                                 : kEnglishRelative;
  for (const Relative& one : relative) {
    if (one.words == folded) return today + days(one.days);
  }
  const std::string bare = Bare(text, language);
  if (bare.empty()) return std::nullopt;
  if (auto date = ByWeekday(bare, language, today)) return date;
  if (auto date = BySpan(bare, today)) return date;
  return ByMonth(bare, language, today);
}

}  // namespace

std::optional<SlotFill> ReadDate(std::string_view text, Language language, TimePoint now) {
  const auto date = DateIn(text, language, std::chrono::floor<days>(now));
  if (!date) return std::nullopt;
  const year_month_day parts(*date);
  const std::string iso =
      fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()),
                  static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
  return SlotFill{.original = std::string(text), .interpreted = iso, .resolved = {iso}};
}

}  // namespace trunkline::sim
