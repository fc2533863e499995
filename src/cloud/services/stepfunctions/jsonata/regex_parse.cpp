#include <algorithm>
#include <map>
#include <string>

#include "cloud/services/stepfunctions/jsonata/regex_syntax.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {
namespace {

constexpr int kMaxDepth = 100;
constexpr std::uint32_t kMaxCount = 1'000'000;

using Piece = std::unique_ptr<RegexPiece>;
using Type = RegexPiece::Type;

Piece Of(Type type) {
  auto piece = std::make_unique<RegexPiece>();
  piece->type = type;
  return piece;
}

Piece Character(char32_t c) {
  Piece piece = Of(Type::kCharacter);
  piece->character = c;
  return piece;
}

bool IsDigit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

int HexOf(char32_t c) {
  if (IsDigit(c)) return static_cast<int>(c - U'0');
  if (c >= U'a' && c <= U'f') return static_cast<int>(c - U'a' + 10);
  return c >= U'A' && c <= U'F' ? static_cast<int>(c - U'A' + 10) : -1;
}

class Reader {
 public:
  explicit Reader(std::string_view pattern) : pattern_(pattern), text_(ToCodePoints(pattern)) {}

  Outcome<RegexSyntax> ReadAll() {
    CountGroups();
    TL_TRY(Piece root, ReadAlternatives());
    if (at_ < text_.size()) return BadRegex(pattern_, "Unmatched ')'");
    return RegexSyntax{.root = std::move(root), .groups = total_};
  }

 private:
  bool More() const { return at_ < text_.size(); }
  bool At(char32_t c) const { return More() && text_[at_] == c; }
  bool Take(char32_t c) {
    if (!At(c)) return false;
    ++at_;
    return true;
  }
  bool Take(std::u32string_view word) {
    if (text_.size() - at_ < word.size()) return false;
    if (!std::equal(word.begin(), word.end(), text_.begin() + static_cast<long>(at_))) return false;
    at_ += word.size();
    return true;
  }

  // "\2" may stand before the second group: how many there are, and their names, come first.
  void CountGroups() {
    bool in_set = false;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char32_t c = text_[i];
      if (c == U'\\') {
        ++i;
      } else if (in_set || c == U'[') {
        in_set = c != U']';
      } else if (c == U'(') {
        const auto next = [&](std::size_t n) { return i + n < text_.size() ? text_[i + n] : 0; };
        const bool named = next(1) == U'?' && next(2) == U'<' && next(3) != U'=' && next(3) != U'!';
        if (next(1) == U'?' && !named) continue;
        ++total_;
        if (named) names_.emplace(NameAt(i + 3), total_);
      }
    }
  }

  std::string NameAt(std::size_t at) const {
    std::string name;
    for (; at < text_.size() && text_[at] != U'>'; ++at) AppendCodePoint(name, text_[at]);
    return name;
  }

  Outcome<Piece> ReadAlternatives() {
    if (++depth_ > kMaxDepth) return BadRegex(pattern_, "Regular expression too large");
    Piece alternatives = Of(Type::kAlternatives);
    do {
      TL_TRY(Piece sequence, ReadSequence());
      alternatives->parts.push_back(std::move(sequence));
    } while (Take(U'|'));
    --depth_;
    return alternatives;
  }

  Outcome<Piece> ReadSequence() {
    Piece sequence = Of(Type::kSequence);
    while (More() && !At(U'|') && !At(U')')) {
      const std::uint32_t first_group = groups_ + 1;
      TL_TRY(Piece term, ReadTerm());
      TL_TRY(term, ReadQuantifier(std::move(term), first_group));
      sequence->parts.push_back(std::move(term));
    }
    return sequence;
  }

  Outcome<Piece> ReadTerm() {
    const char32_t c = text_[at_];
    std::uint32_t least = 0;
    std::uint32_t most = 0;
    if (c == U'*' || c == U'+' || c == U'?' || (c == U'{' && ReadCounts(least, most))) {
      return BadRegex(pattern_, "Nothing to repeat");
    }
    ++at_;
    switch (c) {
      case U'^':
        return Of(Type::kLineStart);
      case U'$':
        return Of(Type::kLineEnd);
      case U'.':
        return Of(Type::kAny);
      case U'(':
        return ReadGroup();
      case U'[':
        return ReadSet();
      case U'\\':
        return ReadEscape();
      default:
        return Character(c);
    }
  }

  Outcome<Piece> ReadGroup() {
    Piece group = Of(Type::kSequence);
    if (Take(U"?:")) {
      // nothing is captured
    } else if (Take(U"?=") || Take(U"?!")) {
      group->type = Type::kLook;
      group->negated = text_[at_ - 1] == U'!';
    } else if (Take(U"?<=") || Take(U"?<!")) {
      group->type = Type::kLook;
      group->behind = true;
      group->negated = text_[at_ - 1] == U'!';
    } else {
      group->type = Type::kGroup;
      group->number = ++groups_;
      if (Take(U"?<")) {
        while (More() && !At(U'>')) ++at_;
        if (!Take(U'>')) return BadRegex(pattern_, "Invalid capture group name");
      } else if (At(U'?')) {
        return BadRegex(pattern_, "Invalid group");
      }
    }
    TL_TRY(Piece inside, ReadAlternatives());
    group->parts.push_back(std::move(inside));
    if (!Take(U')')) return BadRegex(pattern_, "Unterminated group");
    return group;
  }

  // Without a count behind it a brace is a character like others.
  bool ReadCounts(std::uint32_t& least, std::uint32_t& most) {
    const std::size_t start = at_;
    const auto number = [&](std::uint32_t& value) {
      const std::size_t first = at_;
      for (value = 0; More() && IsDigit(text_[at_]); ++at_) {
        value = std::min(kMaxCount, value * 10 + static_cast<std::uint32_t>(text_[at_] - U'0'));
      }
      return at_ > first;
    };
    bool good = Take(U'{') && number(least);
    most = least;
    if (good && Take(U',') && !number(most)) most = RegexPiece::kUnlimited;
    good = good && Take(U'}');
    if (!good) at_ = start;
    return good;
  }

  Outcome<Piece> ReadQuantifier(Piece term, std::uint32_t first_group) {
    std::uint32_t least = 0;
    std::uint32_t most = RegexPiece::kUnlimited;
    if (Take(U'+')) {
      least = 1;
    } else if (Take(U'?')) {
      most = 1;
    } else if (!Take(U'*') && !ReadCounts(least, most)) {
      return term;
    }
    if (most < least) return BadRegex(pattern_, "numbers out of order in {} quantifier");
    Piece repeat = Of(Type::kRepeat);
    repeat->least = least;
    repeat->most = most;
    repeat->greedy = !Take(U'?');
    repeat->first_group = first_group;
    repeat->end_group = groups_ + 1;
    repeat->parts.push_back(std::move(term));
    return repeat;
  }

  Outcome<Piece> ReadEscape() {
    if (!More()) return BadRegex(pattern_, "\\ at end of pattern");
    const char32_t c = text_[at_];
    if (c == U'b' || c == U'B') {
      ++at_;
      return Of(c == U'b' ? Type::kWordBoundary : Type::kNotWordBoundary);
    }
    if (c == U'k' && !names_.empty()) return ReadNamedReference();
    if (IsDigit(c) && c != U'0') {
      const std::size_t start = at_;
      std::uint32_t number = 0;
      while (More() && IsDigit(text_[at_]) && number <= kMaxCount) {
        number = number * 10 + static_cast<std::uint32_t>(text_[at_++] - U'0');
      }
      if (number <= total_) {
        Piece reference = Of(Type::kBackReference);
        reference->number = number;
        return reference;
      }
      at_ = start;
    }
    Piece piece = Of(Type::kSet);
    if (ReadNamedSet(piece->set)) return piece;
    return Character(ReadEscapedCharacter());
  }

  Outcome<Piece> ReadNamedReference() {
    ++at_;
    const auto found = At(U'<') ? names_.find(NameAt(at_ + 1)) : names_.end();
    if (found == names_.end()) return BadRegex(pattern_, "Invalid named reference");
    while (!Take(U'>')) ++at_;
    Piece reference = Of(Type::kBackReference);
    reference->number = found->second;
    return reference;
  }

  bool ReadNamedSet(CharacterSet& set) {
    constexpr std::u32string_view kLetters = U"dDwWsS";
    if (!More() || kLetters.find(text_[at_]) == std::u32string_view::npos) return false;
    set.AddNamed(text_[at_++]);
    return true;
  }

  char32_t ReadEscapedCharacter() {
    constexpr std::u32string_view kLetters = U"fnrtv";
    constexpr std::u32string_view kMeanings = U"\f\n\r\t\v";
    const char32_t c = text_[at_++];
    if (const std::size_t which = kLetters.find(c); which != std::u32string_view::npos) {
      return kMeanings[which];
    }
    if (c == U'x') return ReadHex(2, c);
    if (c == U'u') return ReadHex(4, c);
    if (c == U'c' && More()) return text_[at_++] % 32;
    if (c < U'0' || c > U'7') return c;
    char32_t octal = c - U'0';
    while (More() && text_[at_] >= U'0' && text_[at_] <= U'7' && octal < 32) {
      octal = octal * 8 + (text_[at_++] - U'0');
    }
    return octal;
  }

  char32_t ReadHex(std::size_t digits, char32_t otherwise) {
    char32_t value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const int digit = at_ + i < text_.size() ? HexOf(text_[at_ + i]) : -1;
      if (digit < 0) return otherwise;
      value = value * 16 + static_cast<char32_t>(digit);
    }
    at_ += digits;
    return value;
  }

  Outcome<Piece> ReadSet() {
    Piece piece = Of(Type::kSet);
    piece->set.negated = Take(U'^');
    while (More() && !At(U']')) {
      char32_t first = 0;
      if (!ReadSetItem(piece->set, first)) continue;
      if (!At(U'-') || at_ + 1 >= text_.size() || text_[at_ + 1] == U']') {
        piece->set.Add(first, first);
        continue;
      }
      ++at_;
      char32_t last = 0;
      if (!ReadSetItem(piece->set, last)) {
        piece->set.Add(first, first);
        piece->set.Add(U'-', U'-');
        continue;
      }
      if (last < first) return BadRegex(pattern_, "Range out of order in character class");
      piece->set.Add(first, last);
    }
    if (!Take(U']')) return BadRegex(pattern_, "Unterminated character class");
    return piece;
  }

  // False when it was a named set, which is added at once.
  bool ReadSetItem(CharacterSet& set, char32_t& c) {
    c = text_[at_++];
    if (c != U'\\' || !More()) return true;
    if (ReadNamedSet(set)) return false;
    c = text_[at_] == U'b' ? (++at_, U'\b') : ReadEscapedCharacter();
    return true;
  }

  std::string_view pattern_;
  std::vector<char32_t> text_;
  std::size_t at_ = 0;
  std::uint32_t groups_ = 0;
  std::uint32_t total_ = 0;
  std::map<std::string, std::uint32_t> names_;
  int depth_ = 0;
};

}  // namespace

Failure BadRegex(std::string_view pattern, std::string_view why) {
  return Failure::Limit(fmt::format("Invalid regular expression: /{}/: {}", pattern, why));
}

Outcome<RegexSyntax> ParseRegex(std::string_view pattern) {
  return Reader(pattern).ReadAll();
}

}  // namespace trunkline::cloud::jsonata
