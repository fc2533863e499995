// Understanding: which intent an utterance means, by its likeness to the sample utterances. No
// network, no training.
//
// For each intent the best of its samples counts. Words have weights: 1 for a content word of one
// intent only, down to 0.5 for one that every intent uses; 0.2 for carriers ("want"), 0.08 for
// function words ("the").
//   recall      how much of the sample's weight is found in the text, each word by its likeness
//   (sim/words.h) unexplained how much of the text's weight no sample of the intent explains;
//   there, words no intent knows weigh 0.2,
//               carriers 0.05, function words 0.02, words of other intents their full weight
//   score = recall * (1 - 0.4 * unexplained), at most 0.99
// The text of a sample, but for case, accents and punctuation, is 1.0. Without any content word in
// common the score is at most 0.3. A word some intent knows exactly is never taken for a
// misspelling of another. Samples with slots ("to {City} on {Day}") are aligned in order: a slot
// takes one to six words that its type accepts.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "sim/bot.h"

namespace trunkline::sim {

// A value of a slot. Without `interpreted` the value is ambiguous ("at five" is 05:00 or 17:00).
struct SlotFill {
  std::string original;  // as it was said
  std::optional<std::string> interpreted;
  std::vector<std::string> resolved;  // the possible values, best first
};

struct Interpretation {
  std::string intent;
  std::optional<double> score;  // none for FallbackIntent
  std::map<std::string, SlotFill> slots;
};

// At most five, best first. Intents below the locale's threshold stand behind FallbackIntent, which
// is there whenever the locale has one. `now` is what "tomorrow" counts from (UTC).
std::vector<Interpretation> Understand(const BotLocale& locale, std::string_view text,
                                       TimePoint now);

// A text as the value of a slot: of the whole text, else of the longest part that the slot's type
// accepts; nullopt when it holds none.
std::optional<SlotFill> UnderstandSlot(const BotLocale& locale, const Slot& slot,
                                       std::string_view text, TimePoint now);

}  // namespace trunkline::sim
