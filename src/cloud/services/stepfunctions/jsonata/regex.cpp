#include "cloud/services/stepfunctions/jsonata/regex.h"

#include <algorithm>
#include <limits>
#include <span>

#include "cloud/services/stepfunctions/jsonata/letter_case.h"
#include "cloud/services/stepfunctions/jsonata/regex_syntax.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {

bool CharacterSet::Has(char32_t c) const {
  const bool found = std::ranges::any_of(
      ranges, [c](const auto& range) { return c >= range.first && c <= range.second; });
  return found != negated;
}

void CharacterSet::AddNamed(char32_t letter) {
  constexpr std::pair<char32_t, char32_t> kDigits[] = {{U'0', U'9'}};
  constexpr std::pair<char32_t, char32_t> kWords[] = {
      {U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}};
  constexpr std::pair<char32_t, char32_t> kSpaces[] = {
      {0x9, 0xD},       {0x20, 0x20},     {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
      {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
  std::span<const std::pair<char32_t, char32_t>> named = kSpaces;
  if (letter == U'd' || letter == U'D') named = kDigits;
  if (letter == U'w' || letter == U'W') named = kWords;
  if (letter >= U'a') {
    ranges.insert(ranges.end(), named.begin(), named.end());
    return;
  }
  char32_t next = 0;
  for (const auto& [first, last] : named) {
    if (first > next) Add(next, first - 1);
    next = last + 1;
  }
  Add(next, 0x10FFFF);
}

bool IsWordCharacter(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') ||
         c == U'_';
}

bool IsLineEnd(char32_t c) {
  return c == U'\n' || c == U'\r' || c == 0x2028 || c == 0x2029;
}

namespace {

using Code = RegexInstruction::Code;

constexpr std::size_t kUnset = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kMaxChoices = 2'000'000;  // to come back to: 48 MB

class Matcher {
 public:
  Matcher(const RegexProgram& program, std::string_view text, std::uint64_t& steps)
      : program_(program), text_(text), steps_(steps), slots_(program.slots, kUnset) {}

  Outcome<bool> MatchAt(std::size_t at) {
    std::ranges::fill(slots_, kUnset);
    undo_.clear();
    return Run(0, at);
  }

  Regex::Match Take() const {
    Regex::Match match{.whole = {.start = slots_[0], .end = slots_[1]}, .groups = {}};
    for (std::size_t i = 1; i <= program_.groups; ++i) match.groups.push_back(Group(i));
    return match;
  }

 private:
  struct Choice {
    std::uint32_t pc;
    std::size_t at;
    std::size_t undo;  // how much of it stays
  };

  std::optional<Regex::Span> Group(std::size_t number) const {
    const std::size_t start = slots_[2 * number];
    const std::size_t end = slots_[2 * number + 1];
    if (start == kUnset || end == kUnset) return std::nullopt;
    return Regex::Span{.start = start, .end = end};
  }

  void SetSlot(std::size_t slot, std::size_t value) {
    undo_.emplace_back(slot, slots_[slot]);
    slots_[slot] = value;
  }

  void Undo(std::size_t down_to) {
    for (; undo_.size() > down_to; undo_.pop_back()) {
      slots_[undo_.back().first] = undo_.back().second;
    }
  }

  // Nested calls are one for each look-around around the place in the pattern.
  Outcome<bool> Run(std::uint32_t pc, std::size_t at) {
    const std::size_t bottom = choices_.size();
    for (;;) {
      if (steps_ == 0) return TimeExceeded();
      --steps_;
      const RegexInstruction& instruction = program_.code[pc];
      bool good = true;
      if (instruction.code == Code::kFound) {
        choices_.resize(bottom);
        return true;
      }
      if (instruction.code == Code::kLook || instruction.code == Code::kLookNot) {
        TL_TRY(good, Look(pc, at));
        pc = instruction.first;
      } else {
        good = Step(instruction, pc, at);
      }
      if (choices_.size() > kMaxChoices || undo_.size() > kMaxChoices) return MemoryExceeded();
      if (good) continue;
      if (choices_.size() == bottom) return false;
      Undo(choices_.back().undo);
      pc = choices_.back().pc;
      at = choices_.back().at;
      choices_.pop_back();
    }
  }

  Outcome<bool> Look(std::uint32_t pc, std::size_t at) {
    const std::size_t undo = undo_.size();
    const bool negated = program_.code[pc].code == Code::kLookNot;
    TL_TRY(const bool found, Run(pc + 1, at));
    if (negated || !found) Undo(undo);
    return found != negated;
  }

  bool Step(const RegexInstruction& instruction, std::uint32_t& pc, std::size_t& at) {
    ++pc;
    switch (instruction.code) {
      case Code::kJump:
        pc = instruction.first;
        return true;
      case Code::kSplit:
        choices_.push_back({.pc = instruction.second, .at = at, .undo = undo_.size()});
        pc = instruction.first;
        return true;
      case Code::kSave:
      case Code::kMark:
        SetSlot(instruction.first, at);
        return true;
      case Code::kEmptyCheck:
        return slots_[instruction.first] != at;
      case Code::kForget:
        for (std::size_t i = std::size_t{2} * instruction.first;
             i < std::size_t{2} * instruction.second; ++i) {
          if (slots_[i] != kUnset) SetSlot(i, kUnset);
        }
        return true;
      case Code::kLineStart:
        return at == 0 || (program_.multiline && IsLineEnd(Before(at)));
      case Code::kLineEnd:
        return at == text_.size() || (program_.multiline && IsLineEnd(After(at)));
      case Code::kWordBoundary:
        return IsBoundary(at);
      case Code::kNotWordBoundary:
        return !IsBoundary(at);
      case Code::kBackReference:
        return Refer(instruction, at);
      default:
        return Consume(instruction, at);
    }
  }

  char32_t After(std::size_t at) const { return NextCodePoint(text_, at); }
  char32_t Before(std::size_t at) const {
    at = StartBefore(at);
    return NextCodePoint(text_, at);
  }
  std::size_t StartBefore(std::size_t at) const {
    --at;
    while (at > 0 && (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80U) --at;
    return at;
  }

  bool IsBoundary(std::size_t at) const {
    const bool before = at > 0 && IsWordCharacter(Before(at));
    const bool after = at < text_.size() && IsWordCharacter(After(at));
    return before != after;
  }

  bool Consume(const RegexInstruction& instruction, std::size_t& at) const {
    if (at == (instruction.backward ? 0 : text_.size())) return false;
    std::size_t next = instruction.backward ? StartBefore(at) : at;
    const std::size_t start = next;
    const char32_t c = NextCodePoint(text_, next);
    if (!Fits(instruction, c)) return false;
    at = instruction.backward ? start : next;
    return true;
  }

  bool Fits(const RegexInstruction& instruction, char32_t c) const {
    if (instruction.code == Code::kAny) return !IsLineEnd(c);
    if (instruction.code == Code::kCharacter) return AreEqual(instruction.first, c);
    const CharacterSet& set = program_.sets[instruction.first];
    if (!program_.ignore_case) return set.Has(c);
    const auto has = [&](char32_t other) { return set.Has(other) != set.negated; };
    return (has(c) || has(SimpleUpper(c)) || has(SimpleLower(c))) != set.negated;
  }

  bool AreEqual(char32_t a, char32_t b) const {
    return a == b || (program_.ignore_case && SimpleUpper(a) == SimpleUpper(b));
  }

  // A group that captured nothing matches nothing, everywhere.
  bool Refer(const RegexInstruction& instruction, std::size_t& at) const {
    const std::optional<Regex::Span> group = Group(instruction.first);
    if (!group) return true;
    const std::size_t length = group->end - group->start;
    if (instruction.backward ? at < length : text_.size() - at < length) return false;
    const std::size_t start = instruction.backward ? at - length : at;
    const std::string_view wanted = text_.substr(group->start, length);
    const std::string_view found = text_.substr(start, length);
    if (program_.ignore_case ? ToUpperCase(wanted) != ToUpperCase(found) : wanted != found) {
      return false;
    }
    at = instruction.backward ? start : start + length;
    return true;
  }

  const RegexProgram& program_;
  std::string_view text_;
  std::uint64_t& steps_;
  std::vector<std::size_t> slots_;
  std::vector<std::pair<std::size_t, std::size_t>> undo_;
  std::vector<Choice> choices_;
};

}  // namespace

Outcome<std::shared_ptr<const Regex>> Regex::Compile(std::string_view pattern, RegexFlags flags) {
  TL_TRY(const RegexSyntax syntax, ParseRegex(pattern));
  TL_TRY(RegexProgram program, CompileRegex(syntax, pattern));
  program.ignore_case = flags.ignore_case;
  program.multiline = flags.multiline;
  return std::make_shared<const Regex>(std::make_unique<const RegexProgram>(std::move(program)));
}

Regex::Regex(std::unique_ptr<const RegexProgram> program) : program_(std::move(program)) {}
Regex::~Regex() = default;

Outcome<std::optional<Regex::Match>> Regex::Search(std::string_view text, std::size_t from,
                                                   std::uint64_t& steps) const {
  Matcher matcher(*program_, text, steps);
  for (std::size_t at = from; at <= text.size();) {
    TL_TRY(const bool found, matcher.MatchAt(at));
    if (found) return std::optional<Match>(matcher.Take());
    if (at == text.size()) break;
    NextCodePoint(text, at);
  }
  return std::optional<Match>();
}

}  // namespace trunkline::cloud::jsonata
