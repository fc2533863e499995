#include "sim/understanding.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "sim/alignment.h"
#include "sim/sample.h"
#include "sim/slot_values.h"

namespace trunkline::sim {
namespace {

constexpr std::size_t kLongestText = 1024;  // Lex V2 quota
constexpr std::size_t kMostInterpretations = 5;
constexpr double kBestInexact = 0.99;
constexpr double kBestWithoutContent = 0.3;
constexpr double kUnexplainedCost = 0.4;
constexpr double kExactLikeness = 0.95;  // below: a guess (misspelling, common beginning)

struct Utterance {
  std::string_view text;
  std::string folded;
  std::vector<Word> words;
};

// A guess is not made for a word that some intent knows exactly: "contract" is no misspelt
// "contact" then.
double Evidence(const Vocabulary& vocabulary, const Word& said, const Word& sample) {
  const double likeness = Likeness(said, sample);
  return likeness < kExactLikeness && vocabulary.Knows(said) ? 0 : likeness;
}

double BestEvidence(const Vocabulary& vocabulary, const std::vector<Word>& said,
                    const Word& sample) {
  double best = 0;
  for (const Word& word : said) best = std::max(best, Evidence(vocabulary, word, sample));
  return best;
}

// How far the intent's samples explain a word that was said.
double Explained(const Vocabulary& vocabulary, const PreparedIntent& intent, const Word& said) {
  double best = 0;
  for (const Sample& sample : intent.samples) {
    for (const SampleItem& item : sample.items) {
      if (item.slot == nullptr) best = std::max(best, Evidence(vocabulary, said, item.word));
    }
  }
  return best;
}

// The part of the text's weight that nothing explains; `taken` marks words that slots took.
double UnexplainedPart(const Vocabulary& vocabulary, const PreparedIntent& intent,
                       const Utterance& said, const std::vector<bool>& taken) {
  double explained = 0;
  double unexplained = 0;
  for (std::size_t index = 0; index < said.words.size(); ++index) {
    const Word& word = said.words[index];
    const double part = !taken.empty() && taken[index] ? 1 : Explained(vocabulary, intent, word);
    explained += part * vocabulary.Weight(word);
    unexplained += (1 - part) * vocabulary.UnexplainedWeight(word);
  }
  const double total = explained + unexplained;
  return total > 0 ? unexplained / total : 1;
}

struct Recall {
  double part = 0;
  bool content = false;  // a content word or a slot was found
};

bool HasContent(const Sample& sample) {
  return std::ranges::any_of(sample.items, [](const SampleItem& item) {
    return item.slot != nullptr || item.word.kind == WordKind::kContent;
  });
}

// A sample of function words only ("how are you") counts every word alike.
Recall RecallOf(const Vocabulary& vocabulary, const Sample& sample, const Utterance& said) {
  const bool weighted = HasContent(sample);
  Recall recall{.content = !weighted};
  double found = 0;
  double total = 0;
  for (const SampleItem& item : sample.items) {
    const double weight = weighted ? vocabulary.Weight(item.word) : 1;
    const double evidence = BestEvidence(vocabulary, said.words, item.word);
    total += weight;
    found += weight * evidence;
    if (evidence > 0 && item.word.kind == WordKind::kContent) recall.content = true;
  }
  recall.part = total > 0 ? found / total : 0;
  return recall;
}

double Score(double recall, double unexplained, bool content) {
  const double score = std::min(recall * (1 - kUnexplainedCost * unexplained), kBestInexact);
  return content ? score : std::min(score, kBestWithoutContent);
}

struct Scored {
  double score = 0;
  std::map<std::string, SlotFill> slots;
};

Scored ScoreSlots(const BotLocale& locale, const Vocabulary& vocabulary,
                  const PreparedIntent& intent, const Sample& sample, const Utterance& said,
                  TimePoint now) {
  Alignment aligned = Align(locale, vocabulary, sample, said.text, said.words, now);
  const double recall = aligned.total > 0 ? aligned.matched / aligned.total : 0;
  const double unexplained = UnexplainedPart(vocabulary, intent, said, aligned.explained);
  const bool exact =
      recall >= 1 && std::ranges::all_of(aligned.explained, [](bool one) { return one; });
  const bool content = aligned.matched > 0.5;
  return {.score = exact ? 1 : Score(recall, unexplained, content),
          .slots = std::move(aligned.slots)};
}

Scored ScoreIntent(const BotLocale& locale, const Vocabulary& vocabulary,
                   const PreparedIntent& intent, const Utterance& said, TimePoint now) {
  Scored best;
  const double unexplained = UnexplainedPart(vocabulary, intent, said, {});
  for (const Sample& sample : intent.samples) {
    Scored here;
    if (sample.has_slots) {
      here = ScoreSlots(locale, vocabulary, intent, sample, said, now);
    } else if (sample.folded == said.folded) {
      here.score = 1;
    } else {
      const Recall recall = RecallOf(vocabulary, sample, said);
      here.score = Score(recall.part, unexplained, recall.content);
    }
    // With equal scores the reading that fills more slots is worth more.
    const bool better = here.score > best.score ||
                        (here.score == best.score && here.slots.size() > best.slots.size());
    if (better) best = std::move(here);
  }
  return best;
}

double Rounded(double score) {
  return std::round(score * 100) / 100;
}

std::vector<Interpretation> Score(const BotLocale& locale, const Utterance& said, TimePoint now) {
  const Vocabulary vocabulary(locale);
  std::vector<Interpretation> all;
  for (const PreparedIntent& intent : vocabulary.intents()) {
    Scored scored = ScoreIntent(locale, vocabulary, intent, said, now);
    const double score = Rounded(scored.score);
    if (score <= 0) continue;
    all.push_back(
        {.intent = intent.intent->name, .score = score, .slots = std::move(scored.slots)});
  }
  std::ranges::stable_sort(all, std::greater<>(),
                           [](const Interpretation& one) { return *one.score; });
  return all;
}

void InsertFallback(const BotLocale& locale, std::vector<Interpretation>& ranked) {
  const Intent* fallback = locale.Fallback();
  if (fallback == nullptr) return;
  const auto below = std::ranges::find_if(
      ranked, [&](const Interpretation& one) { return *one.score < locale.threshold; });
  const auto at = below - ranked.begin();
  if (at >= static_cast<std::ptrdiff_t>(kMostInterpretations)) return;
  ranked.insert(below, Interpretation{.intent = fallback->name});
}

// Parts of the text, longest first, then from the left.
std::optional<SlotFill> BestPart(const BotLocale& locale, const Slot& slot, std::string_view text,
                                 TimePoint now) {
  const std::vector<Word> words = WordsOf(text, LanguageOf(locale.locale_id));
  for (std::size_t length = std::min(kLongestValue, words.size()); length > 0; --length) {
    for (std::size_t first = 0; first + length <= words.size(); ++first) {
      const std::size_t begin = words[first].begin;
      const std::string_view part = text.substr(begin, words[first + length - 1].end - begin);
      if (auto match = MatchSlotValue(locale, slot.type, part, now)) return std::move(match->fill);
    }
  }
  return std::nullopt;
}

// The slot's own sample utterances: "my name is {FirstName}".
std::optional<SlotFill> ByUtterance(const BotLocale& locale, const Slot& slot,
                                    std::string_view text, TimePoint now) {
  const Intent alone{.slots = {slot}};
  const Vocabulary vocabulary(locale);
  const std::vector<Word> words = WordsOf(text, vocabulary.language());
  std::optional<SlotFill> best;
  double most = 0.8;  // of the utterance must be there
  for (const std::string& utterance : slot.utterances) {
    const Sample sample = PrepareSample(utterance, alone, vocabulary.language());
    Alignment aligned = Align(locale, vocabulary, sample, text, words, now);
    const auto filled = aligned.slots.find(slot.name);
    if (filled == aligned.slots.end() || aligned.total <= 0 ||
        aligned.matched / aligned.total < most)
      continue;
    most = aligned.matched / aligned.total;
    best = std::move(filled->second);
  }
  return best;
}

}  // namespace

std::vector<Interpretation> Understand(const BotLocale& locale, std::string_view text,
                                       TimePoint now) {
  const std::string_view heard = Trim(text).substr(0, kLongestText);
  const Utterance said{.text = heard,
                       .folded = Folded(heard),
                       .words = WordsOf(heard, LanguageOf(locale.locale_id))};
  std::vector<Interpretation> ranked;
  if (!said.words.empty()) ranked = Score(locale, said, now);
  InsertFallback(locale, ranked);
  if (ranked.size() > kMostInterpretations) ranked.resize(kMostInterpretations);
  return ranked;
}

std::optional<SlotFill> UnderstandSlot(const BotLocale& locale, const Slot& slot,
                                       std::string_view text, TimePoint now) {
  const std::string_view heard = Trim(text).substr(0, kLongestText);
  const auto whole = MatchSlotValue(locale, slot.type, heard, now);
  if (whole && whole->likeness > 0.5) return whole->fill;
  if (auto fill = ByUtterance(locale, slot, heard, now)) return fill;
  if (whole) return whole->fill;
  return BestPart(locale, slot, heard, now);
}

}  // namespace trunkline::sim
