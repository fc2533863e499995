#include "sim/sample.h"

#include <algorithm>
#include <iterator>
#include <span>

namespace trunkline::sim {
namespace {

constexpr double kCarrierWeight = 0.2;
constexpr double kFunctionWeight = 0.08;
constexpr double kUnknownUnexplained = 0.2;
constexpr double kCarrierUnexplained = 0.05;
constexpr double kFunctionUnexplained = 0.02;

struct CommonPhrases {
  std::string_view parent;
  std::vector<std::string> phrases;
};

// What Lex documents as common phrases of its built-in intents (English).
const std::vector<CommonPhrases>& BuiltInPhrases() {
  static const std::vector<CommonPhrases> kPhrases = {
      {"AMAZON.CancelIntent", {"cancel", "never mind", "forget it"}},
      {"AMAZON.HelpIntent", {"help", "help me", "can you help me"}},
      {"AMAZON.PauseIntent", {"pause", "pause that"}},
      {"AMAZON.RepeatIntent", {"repeat", "say that again", "repeat that"}},
      {"AMAZON.ResumeIntent", {"resume", "continue", "keep going"}},
      {"AMAZON.StartOverIntent", {"start over", "restart", "start again"}},
      {"AMAZON.StopIntent", {"stop", "off", "shut up"}},
  };
  return kPhrases;
}

const std::vector<std::string>& UtterancesOf(const Intent& intent) {
  if (!intent.utterances.empty()) return intent.utterances;
  for (const CommonPhrases& built_in : BuiltInPhrases()) {
    if (built_in.parent == intent.parent) return built_in.phrases;
  }
  return intent.utterances;
}

void AppendWords(Sample& sample, std::string_view text, Language language) {
  for (Word& word : WordsOf(text, language)) {
    sample.folded += (sample.folded.empty() ? "" : " ") + word.text;
    sample.items.push_back({.word = std::move(word)});
  }
}

}  // namespace

Sample PrepareSample(std::string_view utterance, const Intent& intent, Language language) {
  Sample sample;
  while (!utterance.empty()) {
    const auto open = utterance.find('{');
    AppendWords(sample, utterance.substr(0, open), language);
    if (open == std::string_view::npos) break;
    const auto close = utterance.find('}', open);
    if (close == std::string_view::npos) break;
    const std::string_view name = utterance.substr(open + 1, close - open - 1);
    if (const Slot* slot = intent.FindSlot(name)) {
      sample.items.push_back({.slot = slot});
      sample.has_slots = true;
    } else {
      AppendWords(sample, name, language);
    }
    utterance.remove_prefix(close + 1);
  }
  return sample;
}

Vocabulary::Vocabulary(const BotLocale& locale) : language_(LanguageOf(locale.locale_id)) {
  for (const Intent& intent : locale.intents) {
    PreparedIntent prepared{.intent = &intent};
    std::set<std::string> stems;
    for (const std::string& utterance : UtterancesOf(intent)) {
      prepared.samples.push_back(PrepareSample(utterance, intent, language_));
      for (const SampleItem& item : prepared.samples.back().items) {
        if (item.slot != nullptr) continue;
        words_.insert(item.word.text);
        stems.insert(item.word.stem);
      }
    }
    for (const std::string& stem : stems) ++intents_by_stem_[stem];
    if (!prepared.samples.empty()) intents_.push_back(std::move(prepared));
  }
}

double Vocabulary::Weight(const Word& word) const {
  if (word.kind == WordKind::kFunction) return kFunctionWeight;
  if (word.kind == WordKind::kCarrier) return kCarrierWeight;
  const auto found = intents_by_stem_.find(word.stem);
  if (found == intents_by_stem_.end() || intents_.size() < 2) return 1;
  return 1 - 0.5 * (found->second - 1) / static_cast<double>(intents_.size() - 1);
}

double Vocabulary::UnexplainedWeight(const Word& word) const {
  if (word.kind == WordKind::kFunction) return kFunctionUnexplained;
  if (word.kind == WordKind::kCarrier) return kCarrierUnexplained;
  return Knows(word) ? Weight(word) : kUnknownUnexplained;
}

}  // namespace trunkline::sim
