#include "aws/pattern.h"
#include "base/code_point.h"

namespace trunkline::aws {

// Reads an expression and writes its program.
class PatternCompiler {
 public:
  explicit PatternCompiler(std::string_view expression) : text_(ToCodePoints(expression)) {}

  Result<Pattern> Compile() {
    TL_DO(Alternatives(0));
    if (at_ < text_.size()) return Bad("a ')' without '('");
    Emit({.op = Pattern::Op::kMatch});
    return std::move(pattern_);
  }

 private:
  using Op = Pattern::Op;
  using Step = Pattern::Step;
  static constexpr std::size_t kMaxSteps = 20000;
  static constexpr int kMaxDepth = 50;
  static constexpr std::size_t kUnbounded = static_cast<std::size_t>(-1);

  static Error Bad(std::string_view what) {
    return Error(ErrorKind::kInvalid, "the expression has {}, which is not understood", what);
  }

  bool More() const { return at_ < text_.size(); }
  bool Here(char c) const { return More() && text_[at_] == static_cast<char32_t>(c); }
  bool Eat(char c) {
    if (!Here(c)) return false;
    ++at_;
    return true;
  }
  bool EatAll(std::string_view word) {
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (at_ + i >= text_.size() || text_[at_ + i] != static_cast<char32_t>(word[i])) return false;
    }
    at_ += word.size();
    return true;
  }

  std::vector<Step>& steps() { return pattern_.steps_; }
  std::size_t Emit(Step step) {
    steps().push_back(step);
    return steps().size() - 1;
  }
  void EmitSet(CharSet set) {
    pattern_.sets_.push_back(std::move(set));
    Emit({.op = Op::kSet, .a = pattern_.sets_.size() - 1});
  }

  // A copy of steps [from, to), its targets moved along.
  static std::vector<Step> Moved(const std::vector<Step>& part, std::size_t from,
                                 std::size_t to_place) {
    std::vector<Step> copy = part;
    for (Step& step : copy) {
      if (step.op == Op::kSplit || step.op == Op::kJump || step.op == Op::kAhead)
        step.a += to_place - from;
      if (step.op == Op::kSplit) step.b += to_place - from;
    }
    return copy;
  }

  Result<void> Alternatives(int depth) {
    if (depth > kMaxDepth) return Bad("too many nested groups");
    const std::size_t start = steps().size();
    TL_DO(Sequence(depth));
    if (!Eat('|')) return {};
    const std::vector<Step> first(steps().begin() + static_cast<std::ptrdiff_t>(start),
                                  steps().end());
    steps().resize(start);
    Emit({.op = Op::kSplit});
    for (const Step& step : Moved(first, start, start + 1)) Emit(step);
    const std::size_t jump = Emit({.op = Op::kJump});
    steps()[start].a = start + 1;
    steps()[start].b = steps().size();
    TL_DO(Alternatives(depth));
    steps()[jump].a = steps().size();
    return {};
  }

  Result<void> Sequence(int depth) {
    while (More() && !Here('|') && !Here(')')) {
      const std::size_t start = steps().size();
      TL_DO(Atom(depth));
      TL_DO(Repetition(start));
      if (steps().size() > kMaxSteps) return Bad("too many repetitions");
    }
    return {};
  }

  Result<void> Atom(int depth) {
    if (Eat('(')) return Group(depth);
    if (Eat('[')) return Class();
    if (Eat('^')) {
      Emit({.op = Op::kBegin});
    } else if (Eat('$')) {
      Emit({.op = Op::kEnd});
    } else if (EatAll("\\b")) {
      Emit({.op = Op::kBoundary});
    } else if (Eat('.')) {
      EmitSet({.ranges = {{'\n', '\n'}, {'\r', '\r'}}, .negated = true});
    } else {
      TL_TRY(CharSet set, Character());
      EmitSet(std::move(set));
    }
    return {};
  }

  Result<void> Group(int depth) {
    if (EatAll("?<!") || EatAll("?<=")) return LookBehind();
    if (EatAll("?!") || EatAll("?=")) return LookAhead(depth);
    if (!EatAll("?:") && Here('?')) return Bad("a group with flags");
    TL_DO(Alternatives(depth + 1));
    return Eat(')') ? Result<void>() : Bad("a '(' without ')'");
  }

  Result<void> LookAhead(int depth) {
    const bool negated = text_[at_ - 1] == '!';
    const std::size_t look = Emit({.op = Op::kAhead, .negated = negated});
    TL_DO(Alternatives(depth + 1));
    Emit({.op = Op::kMatch});
    steps()[look].a = steps().size();
    return Eat(')') ? Result<void>() : Bad("a '(' without ')'");
  }

  Result<void> LookBehind() {
    const bool negated = text_[at_ - 1] == '!';
    TL_TRY(CharSet set, Character());
    if (!Eat(')')) return Bad("a look-behind of more than one character");
    pattern_.sets_.push_back(std::move(set));
    Emit({.op = Op::kBehind, .a = pattern_.sets_.size() - 1, .negated = negated});
    return {};
  }

  std::size_t Number() {
    std::size_t number = 0;
    while (More() && text_[at_] >= '0' && text_[at_] <= '9' && number < kMaxSteps) {
      number = number * 10 + (text_[at_++] - '0');
    }
    return number;
  }

  Result<void> Repetition(std::size_t start) {
    for (;;) {
      std::size_t least = 0;
      std::size_t most = kUnbounded;
      if (Eat('*')) {
      } else if (Eat('+')) {
        least = 1;
      } else if (Eat('?')) {
        most = 1;
      } else if (Eat('{')) {
        least = Number();
        most = Eat(',') ? (Here('}') ? kUnbounded : Number()) : least;
        if (!Eat('}') || most < least) return Bad("a repetition without its end");
      } else {
        return {};
      }
      TL_DO(Repeat(start, least, most));
      Eat('?');  // lazy: the same texts match
    }
  }

  Result<void> Repeat(std::size_t start, std::size_t least, std::size_t most) {
    const std::vector<Step> once(steps().begin() + static_cast<std::ptrdiff_t>(start),
                                 steps().end());
    const std::size_t copies = most == kUnbounded ? least + 1 : most;
    if (copies * (once.size() + 1) > kMaxSteps) return Bad("too many repetitions");
    steps().resize(start);
    const auto append = [&] {
      for (const Step& step : Moved(once, start, steps().size())) Emit(step);
    };
    for (std::size_t i = 0; i < least; ++i) append();
    if (most == kUnbounded) {
      const std::size_t split = Emit({.op = Op::kSplit});
      append();
      Emit({.op = Op::kJump, .a = split});
      steps()[split].a = split + 1;
      steps()[split].b = steps().size();
      return {};
    }
    std::vector<std::size_t> splits;
    for (std::size_t i = least; i < most; ++i) {
      splits.push_back(Emit({.op = Op::kSplit}));
      steps()[splits.back()].a = steps().size();
      append();
    }
    for (const std::size_t split : splits) steps()[split].b = steps().size();
    return {};
  }

  Result<void> Class() {
    CharSet set;
    set.negated = Eat('^');
    bool first = true;
    while (More() && (first || !Here(']'))) {
      first = false;
      TL_TRY(CharSet part, Character());
      const bool single = part.parts.empty() && !part.negated && part.ranges.size() == 1 &&
                          part.ranges[0].first == part.ranges[0].last;
      // A '-' is a range only between two characters.
      if (single && Here('-') && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
        const std::size_t dash = at_++;
        TL_TRY(const CharSet last, Character());
        const bool range = last.parts.empty() && !last.negated && last.ranges.size() == 1 &&
                           last.ranges[0].first == last.ranges[0].last;
        if (range) {
          if (last.ranges[0].first < part.ranges[0].first)
            return Bad("a range whose end is before its start");
          set.ranges.push_back({part.ranges[0].first, last.ranges[0].first});
          continue;
        }
        at_ = dash;
      }
      set.parts.push_back(std::move(part));
    }
    if (!Eat(']')) return Bad("a '[' without ']'");
    EmitSet(std::move(set));
    return {};
  }

  static CharSet One(char32_t point) { return {.ranges = {{point, point}}}; }

  Result<CharSet> Character() {
    if (!More()) return Bad("an end too early");
    const char32_t point = text_[at_++];
    if (point != '\\') return One(point);
    if (!More()) return Bad("a '\\' at the end");
    const char32_t escape = text_[at_++];
    switch (escape) {
      case 'd':
        return CharSet{.ranges = {{'0', '9'}}};
      case 'D':
        return CharSet{.ranges = {{'0', '9'}}, .negated = true};
      case 'w':
        return CharSet{.ranges = {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}, {'_', '_'}}};
      case 'W':
        return CharSet{.ranges = {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}, {'_', '_'}}, .negated = true};
      case 's':
        return CharSet{.ranges = {{'\t', '\r'}, {' ', ' '}}};
      case 'S':
        return CharSet{.ranges = {{'\t', '\r'}, {' ', ' '}}, .negated = true};
      case 'n':
        return One('\n');
      case 'r':
        return One('\r');
      case 't':
        return One('\t');
      case 'f':
        return One('\f');
      case 'x':
        return Hex(2);
      case 'u':
        return Hex(4);
      case 'p':
      case 'P':
        return UnicodeClass(escape == 'P');
      default:
        break;
    }
    if (IsWordCharacter(escape) && escape != '_') return Bad("an escape");
    return One(escape);
  }

  Result<CharSet> Hex(int digits) {
    char32_t point = 0;
    for (int i = 0; i < digits; ++i) {
      if (!More()) return Bad("an incomplete code point");
      const char32_t c = text_[at_++] | 0x20U;
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
        return Bad("an incomplete code point");
      point = point * 16 + (c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return One(point);
  }

  Result<CharSet> UnicodeClass(bool negated) {
    CharSet set;
    if (EatAll("{L}")) {
      set.ranges = {{'A', 'Z'},        {'a', 'z'},       {0xAA, 0xAA},     {0xB5, 0xB5},
                    {0xBA, 0xBA},      {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2C1},
                    {0x370, 0x373},    {0x376, 0x377},   {0x37B, 0x37D},   {0x386, 0x386},
                    {0x388, 0x481},    {0x48A, 0x559},   {0x561, 0x587},   {0x5D0, 0x5EA},
                    {0x620, 0x64A},    {0x671, 0x6D3},   {0x904, 0x939},   {0x980, 0xDFF},
                    {0xE01, 0xE30},    {0xE40, 0xE46},   {0xE80, 0x1FFF},  {0x2C00, 0x2DFF},
                    {0x3005, 0x3007},  {0x3040, 0x318F}, {0x31A0, 0x31FF}, {0x3400, 0x4DBF},
                    {0x4E00, 0x9FFF},  {0xA000, 0xD7FF}, {0xF900, 0xFDFF}, {0xFE70, 0xFEFC},
                    {0xFF21, 0xFF3A},  {0xFF41, 0xFF5A}, {0xFF66, 0xFFDC}, {0x10000, 0x1CFFF},
                    {0x20000, 0x3FFFF}};
    } else if (EatAll("{N}")) {
      set.ranges = {{'0', '9'},       {0xB2, 0xB3},     {0xB9, 0xB9},     {0xBC, 0xBE},
                    {0x660, 0x669},   {0x6F0, 0x6F9},   {0x966, 0x96F},   {0x2070, 0x2079},
                    {0x2080, 0x2089}, {0x2150, 0x218B}, {0x2460, 0x249B}, {0xFF10, 0xFF19}};
    } else if (EatAll("{Z}")) {
      set.ranges = {{' ', ' '},       {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
                    {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}};
    } else if (EatAll("{C}")) {
      set.ranges = {{0, 0x1F},        {0x7F, 0x9F},       {0xAD, 0xAD},     {0x200B, 0x200F},
                    {0x202A, 0x202E}, {0x2060, 0x206F},   {0xD800, 0xF8FF}, {0xFEFF, 0xFEFF},
                    {0xFFF0, 0xFFFB}, {0xE0000, 0x10FFFF}};
    } else {
      return Bad("a Unicode class other than L, N, Z and C");
    }
    set.negated = negated;
    return set;
  }

  std::vector<char32_t> text_;
  std::size_t at_ = 0;
  Pattern pattern_;
};

Result<Pattern> Pattern::Compile(std::string_view expression) {
  return PatternCompiler(expression).Compile();
}

}  // namespace trunkline::aws
