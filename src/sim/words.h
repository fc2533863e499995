// Words of an utterance, made comparable: lower case, without accents and punctuation, with a stem.
//
// Locales: en_* and es_* have stop words and stems; any other locale compares folded words as they
// are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace trunkline::sim {

enum class Language { kEnglish, kSpanish, kOther };
Language LanguageOf(std::string_view locale_id);

// What a word contributes to meaning. Function words: articles, pronouns, auxiliaries, politeness.
// Carrier words: what surrounds a request without being it ("want", "talk", "quiero", "hablar").
enum class WordKind { kContent, kCarrier, kFunction };

struct Word {
  std::string text;  // "departments"
  std::string stem;  // "department"
  WordKind kind = WordKind::kContent;
  std::size_t begin = 0, end = 0;  // bytes in the text it comes from
};

std::vector<Word> WordsOf(std::string_view text, Language language);

// Lower case, accents removed, words separated by one blank: two texts that differ only in these
// compare equal.
std::string Folded(std::string_view text);

// How alike two words are: 1 the same, 0.95 the same stem, 0.85 a typing mistake (same first
// letter, one edit from 4 letters, two from 8; swapped neighbours are one), 0.75 a common beginning
// of at least 5 letters and 55 % of the longer; else 0.
double Likeness(const Word& a, const Word& b);

}  // namespace trunkline::sim
