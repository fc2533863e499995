#include <algorithm>

#include "cloud/services/stepfunctions/jsonata/regex_syntax.h"

namespace trunkline::cloud::jsonata {
namespace {

constexpr std::size_t kMaxInstructions = 50'000;

using Code = RegexInstruction::Code;
using Type = RegexPiece::Type;

class Compiler {
 public:
  Compiler(const RegexSyntax& syntax, RegexProgram& program) : program_(program) {
    program_.groups = syntax.groups;
    program_.slots = 2 * (syntax.groups + 1);
    Put(Code::kSave, 0);
    Compile(*syntax.root);
    Put(Code::kSave, 1);
    Put(Code::kFound);
  }

  bool fits() const { return program_.code.size() < kMaxInstructions; }

 private:
  std::uint32_t Here() const { return static_cast<std::uint32_t>(program_.code.size()); }

  std::uint32_t Put(Code code, std::uint32_t first = 0, std::uint32_t second = 0) {
    program_.code.push_back(
        {.code = code, .backward = backward_, .first = first, .second = second});
    return Here() - 1;
  }

  void Compile(const RegexPiece& piece) {
    if (!fits()) return;
    switch (piece.type) {
      case Type::kAlternatives:
        return CompileAlternatives(piece);
      case Type::kSequence:
        return CompileSequence(piece);
      case Type::kGroup:
        return CompileGroup(piece);
      case Type::kRepeat:
        return CompileRepeat(piece);
      case Type::kLook:
        return CompileLook(piece);
      case Type::kSet:
        program_.sets.push_back(piece.set);
        Put(Code::kSet, static_cast<std::uint32_t>(program_.sets.size() - 1));
        return;
      case Type::kCharacter:
        Put(Code::kCharacter, piece.character);
        return;
      case Type::kBackReference:
        Put(Code::kBackReference, piece.number);
        return;
      default:
        Put(SimpleCodeOf(piece.type));
    }
  }

  static Code SimpleCodeOf(Type type) {
    switch (type) {
      case Type::kLineStart:
        return Code::kLineStart;
      case Type::kLineEnd:
        return Code::kLineEnd;
      case Type::kWordBoundary:
        return Code::kWordBoundary;
      case Type::kNotWordBoundary:
        return Code::kNotWordBoundary;
      default:
        return Code::kAny;
    }
  }

  void CompileAlternatives(const RegexPiece& piece) {
    std::vector<std::uint32_t> jumps;
    for (std::size_t i = 0; i < piece.parts.size(); ++i) {
      const bool last = i + 1 == piece.parts.size();
      const std::uint32_t split = last ? 0 : Put(Code::kSplit);
      Compile(*piece.parts[i]);
      if (last) break;
      jumps.push_back(Put(Code::kJump));
      program_.code[split].first = split + 1;
      program_.code[split].second = Here();
    }
    for (const std::uint32_t jump : jumps) program_.code[jump].first = Here();
  }

  void CompileSequence(const RegexPiece& piece) {
    const std::size_t count = piece.parts.size();
    for (std::size_t i = 0; i < count; ++i) {
      Compile(*piece.parts[backward_ ? count - 1 - i : i]);
    }
  }

  void CompileGroup(const RegexPiece& piece) {
    const std::uint32_t start = 2 * piece.number;
    Put(Code::kSave, backward_ ? start + 1 : start);
    Compile(*piece.parts.front());
    Put(Code::kSave, backward_ ? start : start + 1);
  }

  void CompileLook(const RegexPiece& piece) {
    const bool outside = backward_;
    const std::uint32_t look = Put(piece.negated ? Code::kLookNot : Code::kLook);
    backward_ = piece.behind;
    Compile(*piece.parts.front());
    Put(Code::kFound);
    backward_ = outside;
    program_.code[look].first = Here();
  }

  void CompileTurn(const RegexPiece& repeat) {
    if (repeat.first_group < repeat.end_group) {
      Put(Code::kForget, repeat.first_group, repeat.end_group);
    }
    Compile(*repeat.parts.front());
  }

  // What must be there is written out; a turn beyond that must move, or the loop would not end.
  void CompileRepeat(const RegexPiece& repeat) {
    for (std::uint32_t i = 0; i < repeat.least && fits(); ++i) CompileTurn(repeat);
    if (repeat.most == RegexPiece::kUnlimited) {
      const std::uint32_t split = CompileOptional(repeat);
      Put(Code::kJump, split);
      PointBehind(split, repeat.greedy);
      return;
    }
    std::vector<std::uint32_t> splits;
    for (std::uint32_t i = repeat.least; i < repeat.most && fits(); ++i) {
      splits.push_back(CompileOptional(repeat));
    }
    for (const std::uint32_t split : splits) PointBehind(split, repeat.greedy);
  }

  std::uint32_t CompileOptional(const RegexPiece& repeat) {
    const std::uint32_t split = Put(Code::kSplit);
    const std::uint32_t mark = program_.slots++;
    Put(Code::kMark, mark);
    CompileTurn(repeat);
    Put(Code::kEmptyCheck, mark);
    return split;
  }

  void PointBehind(std::uint32_t split, bool greedy) {
    RegexInstruction& instruction = program_.code[split];
    instruction.first = greedy ? split + 1 : Here();
    instruction.second = greedy ? Here() : split + 1;
  }

  RegexProgram& program_;
  bool backward_ = false;
};

}  // namespace

Outcome<RegexProgram> CompileRegex(const RegexSyntax& syntax, std::string_view pattern) {
  RegexProgram program;
  const Compiler compiler(syntax, program);
  if (!compiler.fits()) return BadRegex(pattern, "Regular expression too large");
  return program;
}

}  // namespace trunkline::cloud::jsonata
