// Alignment of an utterance with a sample that holds slots, in order: "to {City} on {Day}".
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/sample.h"
#include "sim/understanding.h"

namespace trunkline::sim {

struct Alignment {
  double matched = 0;  // weight of the sample's items that were found
  double total = 0;    // weight of all its items
  std::map<std::string, SlotFill> slots;
  std::vector<bool> explained;  // for each word of the utterance
};

// The alignment with the most matched weight. Cost: items * words * kLongestValue look-ups of slot
// values.
Alignment Align(const BotLocale& locale, const Vocabulary& vocabulary, const Sample& sample,
                std::string_view text, const std::vector<Word>& words, TimePoint now);

inline constexpr std::size_t kLongestValue = 6;  // words a slot takes

}  // namespace trunkline::sim
