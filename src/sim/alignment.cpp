#include "sim/alignment.h"

#include <algorithm>

#include "sim/slot_values.h"

namespace trunkline::sim {
namespace {

constexpr double kSlotWeight = 1;
constexpr double kAnythingLikeness = 0.8;  // of a slot that takes whatever is said
constexpr double kSkippedWord = 0.02;      // so that a longer value wins over skipped words

enum class Move { kSkipItem, kSkipWord, kMatchWord, kMatchSlot };

struct Cell {
  double value = 0;
  Move move = Move::kSkipItem;
  std::size_t words = 0;  // taken by kMatchSlot
};

// Dynamic programming from the end: cell (i, j) is the best value of items i.. with words j...
class Aligner {
 public:
  Aligner(const BotLocale& locale, const Vocabulary& vocabulary, const Sample& sample,
          std::string_view text, const std::vector<Word>& words, TimePoint now)
      : locale_(locale),
        vocabulary_(vocabulary),
        sample_(sample),
        text_(text),
        words_(words),
        now_(now),
        cells_((sample.items.size() + 1) * (words.size() + 1)) {}

  Alignment Run() {
    for (std::size_t item = sample_.items.size() + 1; item-- > 0;) {
      for (std::size_t word = words_.size() + 1; word-- > 0;) Fill(item, word);
    }
    return Trace();
  }

 private:
  Cell& At(std::size_t item, std::size_t word) { return cells_[item * (words_.size() + 1) + word]; }

  void Offer(Cell& cell, double value, Move move, std::size_t words = 0) {
    if (value > cell.value) cell = {.value = value, .move = move, .words = words};
  }

  void Fill(std::size_t item, std::size_t word) {
    Cell best{.value = -1e9};
    if (item < sample_.items.size()) Offer(best, At(item + 1, word).value, Move::kSkipItem);
    if (word < words_.size()) Offer(best, At(item, word + 1).value - kSkippedWord, Move::kSkipWord);
    if (item == sample_.items.size() && word == words_.size()) best = {};
    if (item < sample_.items.size() && word < words_.size()) Match(best, item, word);
    At(item, word) = best;
  }

  void Match(Cell& best, std::size_t item, std::size_t word) {
    const SampleItem& wanted = sample_.items[item];
    if (wanted.slot == nullptr) {
      const double likeness = Likeness(words_[word], wanted.word);
      const double value =
          likeness * vocabulary_.Weight(wanted.word) + At(item + 1, word + 1).value;
      if (likeness > 0) Offer(best, value, Move::kMatchWord);
      return;
    }
    for (std::size_t taken = 1; taken <= std::min(kLongestValue, words_.size() - word); ++taken) {
      const auto match = ValueAt(wanted, word, taken);
      if (!match) continue;
      const double likeness = std::max(match->likeness, kAnythingLikeness);
      Offer(best, likeness * kSlotWeight + At(item + 1, word + taken).value, Move::kMatchSlot,
            taken);
    }
  }

  std::optional<SlotMatch> ValueAt(const SampleItem& item, std::size_t word,
                                   std::size_t taken) const {
    const std::size_t begin = words_[word].begin;
    return MatchSlotValue(locale_, item.slot->type,
                          text_.substr(begin, words_[word + taken - 1].end - begin), now_);
  }

  Alignment Trace() {
    Alignment alignment;
    alignment.explained.resize(words_.size());
    for (const SampleItem& item : sample_.items) {
      alignment.total += item.slot != nullptr ? kSlotWeight : vocabulary_.Weight(item.word);
    }
    std::size_t word = 0;
    for (std::size_t item = 0; item < sample_.items.size();) {
      const Cell& cell = At(item, word);
      if (cell.move == Move::kSkipWord) {
        ++word;
        continue;
      }
      Take(alignment, item, word, cell);
      word += cell.move == Move::kMatchWord ? 1 : cell.words;
      ++item;
    }
    return alignment;
  }

  void Take(Alignment& alignment, std::size_t item, std::size_t word, const Cell& cell) {
    const SampleItem& wanted = sample_.items[item];
    if (cell.move == Move::kMatchWord) {
      alignment.matched += Likeness(words_[word], wanted.word) * vocabulary_.Weight(wanted.word);
      alignment.explained[word] = true;
    } else if (cell.move == Move::kMatchSlot) {
      auto match = ValueAt(wanted, word, cell.words);
      alignment.matched += std::max(match->likeness, kAnythingLikeness) * kSlotWeight;
      alignment.slots[wanted.slot->name] = std::move(match->fill);
      for (std::size_t index = word; index < word + cell.words; ++index)
        alignment.explained[index] = true;
    }
  }

  const BotLocale& locale_;
  const Vocabulary& vocabulary_;
  const Sample& sample_;
  std::string_view text_;
  const std::vector<Word>& words_;
  TimePoint now_;
  std::vector<Cell> cells_;
};

}  // namespace

Alignment Align(const BotLocale& locale, const Vocabulary& vocabulary, const Sample& sample,
                std::string_view text, const std::vector<Word>& words, TimePoint now) {
  return Aligner(locale, vocabulary, sample, text, words, now).Run();
}

}  // namespace trunkline::sim
