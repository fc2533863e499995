#include "sim/words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <span>

#include "base/code_point.h"

namespace trunkline::sim {
namespace {

// Sorted, folded; contractions without their apostrophe.
constexpr std::string_view kEnglishFunction[] = {
    "a",      "about", "am",    "an",     "and",   "any",    "are",   "as",    "at",
    "be",     "been",  "can",   "could",  "did",   "do",     "does",  "for",   "from",
    "had",    "has",   "have",  "hello",  "hey",   "hi",     "how",   "i",     "id",
    "if",     "ill",   "im",    "in",     "is",    "it",     "its",   "ive",   "just",
    "kindly", "let",   "lets",  "may",    "me",    "might",  "mine",  "my",    "of",
    "on",     "or",    "our",   "please", "shall", "should", "so",    "some",  "thank",
    "thanks", "that",  "the",   "their",  "them",  "then",   "there", "these", "they",
    "this",   "those", "to",    "um",     "us",    "uh",     "was",   "we",    "were",
    "what",   "when",  "where", "which",  "will",  "with",   "would", "you",   "your"};
constexpr std::string_view kEnglishCarrier[] = {
    "ask",     "calling", "connect", "get",      "give",    "go",       "like",
    "looking", "need",    "put",     "reach",    "someone", "somebody", "speak",
    "talk",    "tell",    "through", "transfer", "try",     "trying",   "want"};
constexpr std::string_view kSpanishFunction[] = {
    "a",     "al",  "ante", "buenas", "buenos", "con",    "de",    "del",   "dias",    "donde",
    "e",     "el",  "ella", "en",     "es",     "esta",   "estoy", "favor", "gracias", "ha",
    "hay",   "he",  "hola", "la",     "las",    "le",     "les",   "lo",    "los",     "me",
    "mi",    "mis", "muy",  "nos",    "o",      "para",   "pero",  "por",   "que",     "se",
    "sobre", "son", "soy",  "su",     "sus",    "tardes", "te",    "tengo", "tu",      "tus",
    "u",     "un",  "una",  "unas",   "unos",   "usted",  "y",     "yo"};
constexpr std::string_view kSpanishCarrier[] = {
    "alguien",  "comunicame", "comunicar", "comunicarme", "conectame", "deseo",
    "gustaria", "hablar",     "llamo",     "necesito",    "pasame",    "poder",
    "ponme",    "puede",      "puedo",     "quiero",      "quisiera",  "transferir"};

static_assert(std::ranges::is_sorted(kSpanishCarrier));

bool Holds(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

WordKind KindOf(std::string_view word, Language language) {
  if (language == Language::kEnglish) {
    if (Holds(kEnglishFunction, word)) return WordKind::kFunction;
    if (Holds(kEnglishCarrier, word)) return WordKind::kCarrier;
  }
  if (language == Language::kSpanish) {
    if (Holds(kSpanishFunction, word)) return WordKind::kFunction;
    if (Holds(kSpanishCarrier, word)) return WordKind::kCarrier;
  }
  return WordKind::kContent;
}

// Base letters of U+00C0 to U+00FF; '*' stands for the two signs among them, which separate words.
constexpr std::string_view kLatin1 =
    "aaaaaaaceeeeiiiidnooooo*ouuuuyts"
    "aaaaaaaceeeeiiiidnooooo*ouuuuyty";
static_assert(kLatin1.size() == 64);

bool IsApostrophe(char32_t code) {
  return code == U'\'' || code == U'\u2019';
}

// General punctuation and the Latin-1 signs (inverted marks, guillemets).
bool IsSeparator(char32_t code) {
  if (code < 0x80) return std::isalnum(static_cast<int>(code)) == 0;
  return code < 0xC0 || (code >= 0x2000 && code <= 0x206F) || code == 0xD7 || code == 0xF7;
}

// The folded letter; nothing for a separator or an apostrophe.
void AppendFolded(std::string& word, std::string_view bytes, char32_t code) {
  if (code < 0x80) {
    word += static_cast<char>(std::tolower(static_cast<int>(code)));
  } else if (code >= 0xC0 && code <= 0xFF) {
    if (code == 0xDF) word += 's';
    word += kLatin1[code - 0xC0];
  } else {
    word += bytes;
  }
}

bool EndsWith(const std::string& word, std::string_view suffix, std::size_t rest) {
  return word.ends_with(suffix) && word.size() >= suffix.size() + rest;
}

std::string Cut(const std::string& word, std::size_t bytes) {
  return word.substr(0, word.size() - bytes);
}

// "stopping" -> "stopp" -> "stop".
std::string WithoutDouble(std::string word) {
  const std::size_t size = word.size();
  const bool doubled = size > 3 && word[size - 1] == word[size - 2] &&
                       std::string_view("aeiouls").find(word[size - 1]) == std::string_view::npos;
  if (doubled) word.pop_back();
  return word;
}

// A final 'e' is no part of a stem: "moving" and "move" meet at "mov".
std::string WithoutE(std::string word) {
  if (EndsWith(word, "e", 3)) word.pop_back();
  return word;
}

std::string EnglishStem(const std::string& word) {
  if (EndsWith(word, "ies", 2)) return Cut(word, 3) + "y";
  if (EndsWith(word, "ing", 3)) return WithoutE(WithoutDouble(Cut(word, 3)));
  if (EndsWith(word, "ed", 3)) return WithoutE(WithoutDouble(Cut(word, 2)));
  if (EndsWith(word, "ss", 1)) return word;
  if (EndsWith(word, "es", 3)) return WithoutE(Cut(word, 1));
  if (EndsWith(word, "s", 2)) return WithoutE(Cut(word, 1));
  return WithoutE(word);
}

std::string SpanishStem(const std::string& word) {
  for (const std::string_view suffix : {"iendo", "ando", "aciones", "acion", "ieron", "aron", "ado",
                                        "ada", "ido", "ida", "ar", "er", "ir", "es", "os", "as"}) {
    if (EndsWith(word, suffix, 3)) return Cut(word, suffix.size());
  }
  for (const std::string_view suffix : {"s", "o", "a", "e"}) {
    if (EndsWith(word, suffix, 3)) return Cut(word, 1);
  }
  return word;
}

std::string StemOf(const std::string& word, Language language) {
  switch (language) {
    case Language::kEnglish:
      return EnglishStem(word);
    case Language::kSpanish:
      return SpanishStem(word);
    case Language::kOther:
      break;
  }
  return word;
}

// Edits between two words: insert, remove, replace, swap neighbours. Words are short: a full table
// of bytes will do.
std::size_t Edits(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

bool IsTypo(std::string_view a, std::string_view b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  const std::size_t longer = std::max(a.size(), b.size());
  const std::size_t most = shorter >= 8 ? 2 : shorter >= 4 ? 1 : 0;
  // People rarely miss the first letter: "tales" is another word than "sales".
  if (most == 0 || longer - shorter > most || a[0] != b[0]) return false;
  return Edits(a, b) <= most;
}

bool BeginsAlike(std::string_view a, std::string_view b) {
  const auto common = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  return common >= 5 &&
         static_cast<double>(common) >= 0.55 * static_cast<double>(std::max(a.size(), b.size()));
}

bool HasDigit(std::string_view text) {
  return std::ranges::any_of(text, [](char byte) { return byte >= '0' && byte <= '9'; });
}

}  // namespace

Language LanguageOf(std::string_view locale_id) {
  if (locale_id.starts_with("en")) return Language::kEnglish;
  if (locale_id.starts_with("es")) return Language::kSpanish;
  return Language::kOther;
}

std::vector<Word> WordsOf(std::string_view text, Language language) {
  std::vector<Word> words;
  Word word;
  const auto finish = [&](std::size_t end) {
    if (word.text.empty()) return;
    word.end = end;
    word.stem = StemOf(word.text, language);
    word.kind = KindOf(word.text, language);
    words.push_back(std::exchange(word, {}));
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t code = NextCodePoint(text, at);
    if (IsApostrophe(code)) {
      // "I'd" is one word; a quotation mark is no part of one.
    } else if (IsSeparator(code)) {
      finish(begin);
    } else {
      if (word.text.empty()) word.begin = begin;
      AppendFolded(word.text, text.substr(begin, at - begin), code);
    }
  }
  finish(text.size());
  return words;
}

std::string Folded(std::string_view text) {
  std::string folded;
  for (const Word& word : WordsOf(text, Language::kOther)) {
    if (!folded.empty()) folded += ' ';
    folded += word.text;
  }
  return folded;
}

double Likeness(const Word& a, const Word& b) {
  if (a.text == b.text) return 1;
  if (HasDigit(a.text) || HasDigit(b.text)) return 0;
  if (a.stem == b.stem) return 0.95;
  if (IsTypo(a.text, b.text)) return 0.85;
  return BeginsAlike(a.text, b.text) ? 0.75 : 0;
}

}  // namespace trunkline::sim
