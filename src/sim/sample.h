// Sample utterances, prepared for comparing: their words with weights, and what all intents know of
// words.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/bot.h"
#include "sim/words.h"

namespace trunkline::sim {

// A word, or a slot in braces.
struct SampleItem {
  Word word;
  const Slot* slot = nullptr;
};

struct Sample {
  std::string folded;  // without slots: for the exact comparison
  std::vector<SampleItem> items;
  bool has_slots = false;
};

struct PreparedIntent {
  const Intent* intent = nullptr;
  std::vector<Sample> samples;
};

// Slots of an intent named in braces; an unknown name is taken as plain words.
Sample PrepareSample(std::string_view utterance, const Intent& intent, Language language);

// All intents of a locale with sample utterances; built-in intents (AMAZON.CancelIntent, ...) with
// their common phrases.
class Vocabulary {
 public:
  explicit Vocabulary(const BotLocale& locale);

  const std::vector<PreparedIntent>& intents() const { return intents_; }
  Language language() const { return language_; }
  bool Knows(const Word& word) const { return words_.contains(word.text); }
  // The weight of a word where it counts as evidence, and where it is unexplained.
  double Weight(const Word& word) const;
  double UnexplainedWeight(const Word& word) const;

 private:
  Language language_;
  std::vector<PreparedIntent> intents_;
  std::set<std::string> words_;
  std::map<std::string, int> intents_by_stem_;  // how many intents use it
};

}  // namespace trunkline::sim
