#include "sim/slot_values.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <regex>

#include "base/text.h"

namespace trunkline::sim {
namespace {

constexpr std::size_t kLongest = 1024;  // of an utterance (Lex V2 quota)

SlotMatch Taken(std::string_view text, std::string interpreted, double likeness) {
  SlotFill fill{.original = std::string(text),
                .interpreted = interpreted,
                .resolved = {std::move(interpreted)}};
  return {.fill = std::move(fill), .likeness = likeness};
}

// ---- Custom types ----

// Word by word; 0 when the number of words differs or one is not alike.
double PhraseLikeness(const std::vector<Word>& a, const std::vector<Word>& b) {
  if (a.empty() || a.size() != b.size()) return 0;
  double sum = 0;
  for (std::size_t index = 0; index < a.size(); ++index) {
    const double likeness = Likeness(a[index], b[index]);
    if (likeness < 0.8) return 0;
    sum += likeness;
  }
  return sum / static_cast<double>(a.size());
}

double ValueLikeness(const SlotValue& value, const std::vector<Word>& words, Language language) {
  double best = PhraseLikeness(words, WordsOf(value.value, language));
  for (const std::string& synonym : value.synonyms) {
    best = std::max(best, PhraseLikeness(words, WordsOf(synonym, language)));
  }
  return best;
}

std::optional<SlotMatch> MatchCustom(const SlotType& type, std::string_view text,
                                     Language language) {
  const std::vector<Word> words = WordsOf(text, language);
  const SlotValue* best = nullptr;
  double likeness = 0;
  for (const SlotValue& value : type.values) {
    const double here = ValueLikeness(value, words, language);
    if (here > likeness) best = &value;
    likeness = std::max(likeness, here);
  }
  if (best == nullptr) return std::nullopt;
  const bool original = type.resolution == SlotType::Resolution::kOriginalValue;
  SlotFill fill{.original = std::string(text),
                .interpreted = original ? std::string(text) : best->value,
                .resolved = {best->value}};
  return SlotMatch{.fill = std::move(fill), .likeness = likeness};
}

// ---- Built-in types ----

// Spoken digits and letters put together: "a b one two" -> "ab12".
std::string Spelled(std::string_view text, Language language) {
  std::string spelled;
  for (const std::string_view part : Split(Trim(text), ' ')) {
    const bool word = !part.empty() && std::isalpha(static_cast<unsigned char>(part.front())) != 0;
    const auto digit = word ? ReadNumber(part, language) : std::nullopt;
    const bool one_digit = digit && digit->size() == 1;
    spelled += one_digit ? *digit : std::string(part);
  }
  return spelled;
}

std::optional<SlotMatch> MatchAlphaNumeric(std::string_view regex, std::string_view text,
                                           Language language) {
  std::string spelled = Spelled(text, language);
  const bool plain = !spelled.empty() && std::ranges::all_of(spelled, [](char byte) {
    return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '-' || byte == '_';
  });
  if (!plain) return std::nullopt;
  if (!regex.empty()) {
    // std::regex throws on a pattern it cannot read; Lex checks patterns when a type is made.
    try {
      const std::regex pattern(regex.begin(), regex.end(),
                               std::regex::ECMAScript | std::regex::icase);
      if (!std::regex_match(spelled, pattern)) return std::nullopt;
    } catch (const std::regex_error&) {
      return std::nullopt;
    }
  }
  const bool digits = spelled.find_first_of("0123456789") != std::string::npos;
  return Taken(text, std::move(spelled), regex.empty() && !digits ? 0.5 : 1);
}

std::optional<SlotMatch> MatchPhoneNumber(std::string_view text, Language language) {
  std::string number;
  for (const char byte : Spelled(text, language)) {
    if (byte == '+' && !number.empty()) return std::nullopt;
    if (std::string_view("()-. ").find(byte) != std::string_view::npos) continue;
    if (byte != '+' && std::isdigit(static_cast<unsigned char>(byte)) == 0) return std::nullopt;
    number += byte;
  }
  const std::size_t digits = number.size() - (number.starts_with('+') ? 1 : 0);
  if (number.empty() || digits < 7 || digits > 15) return std::nullopt;
  return Taken(text, std::move(number), 1);
}

std::optional<SlotMatch> MatchEmail(std::string_view text) {
  std::string mail = ToLower(Trim(text));
  mail = Replace(Replace(Replace(mail, " at ", "@"), " dot ", "."), " ", "");
  const auto at = mail.find('@');
  const bool shaped = at != std::string::npos && at > 0 &&
                      mail.find('@', at + 1) == std::string::npos &&
                      mail.find('.', at + 2) != std::string::npos && !mail.ends_with('.');
  if (!shaped) return std::nullopt;
  return Taken(text, std::move(mail), 1);
}

struct Answer {
  std::string_view words;
  std::string_view value;
};
// AMAZON.Confirmation resolves to Yes, No, Maybe and Don't know.
constexpr Answer kEnglishAnswers[] = {{"yes", "Yes"},
                                      {"yeah", "Yes"},
                                      {"yep", "Yes"},
                                      {"yup", "Yes"},
                                      {"sure", "Yes"},
                                      {"ok", "Yes"},
                                      {"okay", "Yes"},
                                      {"correct", "Yes"},
                                      {"right", "Yes"},
                                      {"that is right", "Yes"},
                                      {"thats right", "Yes"},
                                      {"of course", "Yes"},
                                      {"absolutely", "Yes"},
                                      {"yes please", "Yes"},
                                      {"that is correct", "Yes"},
                                      {"thats correct", "Yes"},
                                      {"no", "No"},
                                      {"nope", "No"},
                                      {"nah", "No"},
                                      {"no thanks", "No"},
                                      {"no thank you", "No"},
                                      {"wrong", "No"},
                                      {"not really", "No"},
                                      {"incorrect", "No"},
                                      {"maybe", "Maybe"},
                                      {"perhaps", "Maybe"},
                                      {"i dont know", "Don't know"},
                                      {"dont know", "Don't know"},
                                      {"not sure", "Don't know"}};
constexpr Answer kSpanishAnswers[] = {
    {"si", "Yes"},         {"claro", "Yes"},        {"correcto", "Yes"},
    {"de acuerdo", "Yes"}, {"si por favor", "Yes"}, {"vale", "Yes"},
    {"eso es", "Yes"},     {"por supuesto", "Yes"}, {"no", "No"},
    {"no gracias", "No"},  {"incorrecto", "No"},    {"tal vez", "Maybe"},
    {"quizas", "Maybe"},   {"no se", "Don't know"}};

std::optional<std::string> ReadConfirmation(std::string_view text, Language language) {
  const std::string folded = Folded(text);
  const std::span<const Answer> answers =
      language == Language::kSpanish ? std::span<const Answer>(kSpanishAnswers) : kEnglishAnswers;
  for (const Answer& answer : answers) {
    if (answer.words == folded) return std::string(answer.value);
  }
  return std::nullopt;
}

constexpr std::string_view kFreeTypes[] = {
    "AMAZON.City",     "AMAZON.Country", "AMAZON.FirstName", "AMAZON.FreeFormInput",
    "AMAZON.LastName", "AMAZON.State",   "AMAZON.StreetName"};
constexpr std::string_view kReadTypes[] = {
    "AMAZON.AlphaNumeric", "AMAZON.Confirmation", "AMAZON.Date", "AMAZON.EmailAddress",
    "AMAZON.Number",       "AMAZON.PhoneNumber",  "AMAZON.Time"};

bool IsOneOf(std::span<const std::string_view> types, std::string_view type) {
  return std::ranges::find(types, type) != types.end();
}

std::optional<SlotMatch> MatchBuiltIn(std::string_view type, std::string_view regex,
                                      std::string_view text, Language language, TimePoint now) {
  const auto whole = [&](std::optional<std::string> value) {
    return value ? std::optional(Taken(text, std::move(*value), 1)) : std::nullopt;
  };
  const auto filled = [](std::optional<SlotFill> fill) {
    return fill ? std::optional(SlotMatch{.fill = std::move(*fill)}) : std::nullopt;
  };
  if (type == "AMAZON.Number") return whole(ReadNumber(text, language));
  if (type == "AMAZON.Confirmation") return whole(ReadConfirmation(text, language));
  if (type == "AMAZON.Date") return filled(ReadDate(text, language, now));
  if (type == "AMAZON.Time") return filled(ReadTime(text, language));
  if (type == "AMAZON.PhoneNumber") return MatchPhoneNumber(text, language);
  if (type == "AMAZON.EmailAddress") return MatchEmail(text);
  if (type == "AMAZON.AlphaNumeric") return MatchAlphaNumeric(regex, text, language);
  if (IsOneOf(kFreeTypes, type)) return Taken(text, std::string(text), 0.5);
  return std::nullopt;
}

}  // namespace

bool IsBuiltInSlotType(std::string_view type) {
  return IsOneOf(kFreeTypes, type) || IsOneOf(kReadTypes, type);
}

std::optional<SlotMatch> MatchSlotValue(const BotLocale& locale, std::string_view type,
                                        std::string_view text, TimePoint now) {
  const std::string_view plain = Trim(text);
  if (plain.empty() || plain.size() > kLongest) return std::nullopt;
  const Language language = LanguageOf(locale.locale_id);
  const SlotType* custom = locale.FindSlotType(type);
  if (custom == nullptr) return MatchBuiltIn(type, "", plain, language, now);
  if (!custom->values.empty()) {
    if (auto match = MatchCustom(*custom, plain, language)) return match;
  }
  return custom->parent.empty() ? std::nullopt
                                : MatchBuiltIn(custom->parent, custom->regex, plain, language, now);
}

std::optional<bool> ReadYesNo(std::string_view text, Language language) {
  const auto answer = ReadConfirmation(text, language);
  if (answer == "Yes") return true;
  if (answer == "No") return false;
  return std::nullopt;
}

}  // namespace trunkline::sim
