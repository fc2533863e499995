// AMAZON.Time: "5 pm", "17:30", "half past five", "noon", "las cinco y media de la tarde". Without
// a hint of the half of the day, "five" is ambiguous: no interpreted value, and both hours as
// resolved values.
#include <optional>
#include <string>

#include <fmt/format.h>

#include "base/text.h"
#include "sim/slot_values.h"

namespace trunkline::sim {
namespace {

enum class Half { kUnknown, kMorning, kAfternoon };

struct Clock24 {
  std::int64_t hour = 0;
  std::int64_t minute = 0;
  bool exact = false;  // written in 24 hours
};

struct Phrase {
  std::string_view words;
  Half half;
};

// At the end of a time; longest first where one ends another.
constexpr Phrase kHalves[] = {{"in the morning", Half::kMorning},
                              {"in the afternoon", Half::kAfternoon},
                              {"in the evening", Half::kAfternoon},
                              {"at night", Half::kAfternoon},
                              {"de la manana", Half::kMorning},
                              {"de la tarde", Half::kAfternoon},
                              {"de la noche", Half::kAfternoon},
                              {"a m", Half::kMorning},
                              {"p m", Half::kAfternoon},
                              {"am", Half::kMorning},
                              {"pm", Half::kAfternoon}};

Half TakeHalf(std::string& words) {
  for (const Phrase& phrase : kHalves) {
    if (!words.ends_with(phrase.words)) continue;
    const std::size_t rest = words.size() - phrase.words.size();
    // "5pm" has no blank in front; "exam" is not the morning.
    if (rest == 0 || (words[rest - 1] != ' ' && (words[rest - 1] < '0' || words[rest - 1] > '9')))
      continue;
    words = std::string(Trim(std::string_view(words).substr(0, rest)));
    return phrase.half;
  }
  return Half::kUnknown;
}

std::string WithoutFront(const std::string& words, std::string_view front) {
  return words.starts_with(front) ? words.substr(front.size()) : words;
}

std::optional<Clock24> At(std::optional<std::int64_t> hour, std::optional<std::int64_t> minute,
                          bool exact) {
  if (!hour || !minute || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59)
    return std::nullopt;
  return Clock24{.hour = *hour, .minute = *minute, .exact = exact || *hour > 12 || *hour == 0};
}

std::optional<std::int64_t> Whole(std::string_view words, Language language) {
  const auto number = ReadNumber(words, language);
  return number ? ToInt(*number) : std::nullopt;
}

// "half past five", "quarter to six", "ten past three".
std::optional<Clock24> Relative(const std::string& words, Language language) {
  for (const auto& [between, sign] :
       {std::pair<std::string_view, int>(" past ", 1), {" to ", -1}}) {
    const auto at = words.find(between);
    if (at == std::string::npos) continue;
    const std::string part = words.substr(0, at);
    const auto minutes = part == "half"              ? 30
                         : part.ends_with("quarter") ? 15
                                                     : Whole(part, language).value_or(-1);
    const auto hour = Whole(std::string_view(words).substr(at + between.size()), language);
    if (!hour || minutes < 0 || minutes > 59) return std::nullopt;
    if (sign > 0) return At(hour, minutes, false);
    return At(*hour == 1 ? 12 : *hour - 1, (60 - minutes) % 60, false);
  }
  return std::nullopt;
}

// "cinco y media", "cinco y cuarto", "cinco y diez".
std::optional<Clock24> SpanishParts(const std::string& words) {
  const auto at = words.find(" y ");
  if (at == std::string::npos) return std::nullopt;
  const std::string part = words.substr(at + 3);
  const auto minutes = part == "media"    ? std::optional<std::int64_t>(30)
                       : part == "cuarto" ? std::optional<std::int64_t>(15)
                                          : Whole(part, Language::kSpanish);
  return At(Whole(std::string_view(words).substr(0, at), Language::kSpanish), minutes, false);
}

// "17 30" (the colon was a separator), "five thirty", "five".
std::optional<Clock24> Plain(const std::string& words, bool colon, Language language) {
  const auto blank = words.find(' ');
  if (blank == std::string::npos) return At(Whole(words, language), 0, words.starts_with("0"));
  const auto hour = Whole(std::string_view(words).substr(0, blank), language);
  const auto minute = Whole(std::string_view(words).substr(blank + 1), language);
  const bool minutes_like_a_clock =
      colon || (minute && *minute >= 10) || words.find(" oh ") != std::string::npos;
  if (!minutes_like_a_clock) return std::nullopt;
  return At(hour, minute, words.starts_with("0"));
}

std::optional<Clock24> ClockIn(std::string words, bool colon, Language language) {
  for (const std::string_view front : {"at ", "a las ", "a la ", "las ", "la "})
    words = WithoutFront(words, front);
  if (words.ends_with(" oclock")) words.resize(words.size() - 7);
  if (words == "noon" || words == "midday" || words == "mediodia")
    return Clock24{.hour = 12, .exact = true};
  if (words == "midnight" || words == "medianoche") return Clock24{.hour = 0, .exact = true};
  if (language == Language::kSpanish) {
    if (auto time = SpanishParts(words)) return time;
  } else if (auto time = Relative(words, language)) {
    return time;
  }
  return Plain(words, colon, language);
}

std::string ToText(std::int64_t hour, std::int64_t minute) {
  return fmt::format("{:02}:{:02}", hour, minute);
}

}  // namespace

std::optional<SlotFill> ReadTime(std::string_view text, Language language) {
  std::string words = Folded(text);
  const Half half = TakeHalf(words);
  const auto time = ClockIn(std::move(words), text.find(':') != std::string_view::npos, language);
  if (!time) return std::nullopt;
  SlotFill fill{.original = std::string(text)};
  const std::int64_t morning = time->hour % 12;
  if (half != Half::kUnknown && time->hour <= 12) {
    fill.resolved = {ToText(half == Half::kMorning ? morning : morning + 12, time->minute)};
  } else if (time->exact) {
    fill.resolved = {ToText(time->hour, time->minute)};
  } else {
    fill.resolved = {ToText(morning, time->minute), ToText(morning + 12, time->minute)};
  }
  if (fill.resolved.size() == 1) fill.interpreted = fill.resolved.front();
  return fill;
}

}  // namespace trunkline::sim
