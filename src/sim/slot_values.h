// Values of slots: is this text a value of that slot type, and which?
//
// Custom types: values and synonyms, tolerant of case, accents and typing mistakes. Built-in types
// understood here: AMAZON.AlphaNumeric (with regex), AMAZON.Confirmation, AMAZON.Date,
// AMAZON.EmailAddress, AMAZON.Number, AMAZON.PhoneNumber, AMAZON.Time in English and Spanish;
// AMAZON.FreeFormInput, AMAZON.FirstName, AMAZON.LastName, AMAZON.City, AMAZON.Country,
// AMAZON.State and AMAZON.StreetName take whatever is said, without looking it up. Any other
// built-in type is not understood (NotUnderstood in sim/bot.h names it).
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "sim/bot.h"
#include "sim/understanding.h"
#include "sim/words.h"

namespace trunkline::sim {

struct SlotMatch {
  SlotFill fill;
  double likeness = 1;  // 0.5 for types that take anything
};

// The whole text as one value.
std::optional<SlotMatch> MatchSlotValue(const BotLocale& locale, std::string_view type,
                                        std::string_view text, TimePoint now);

bool IsBuiltInSlotType(std::string_view type);  // one of those above

// The built-in readers, one by one.
std::optional<std::string> ReadNumber(std::string_view text, Language language);  // "123.4", "-15"
std::optional<SlotFill> ReadDate(std::string_view text, Language language, TimePoint now);
std::optional<SlotFill> ReadTime(std::string_view text, Language language);
std::optional<bool> ReadYesNo(std::string_view text, Language language);

}  // namespace trunkline::sim
