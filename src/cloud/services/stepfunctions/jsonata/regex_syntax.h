// The syntax tree of a regular expression, between its text and its program.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

#include "cloud/services/stepfunctions/jsonata/failure.h"
#include "cloud/services/stepfunctions/jsonata/regex_program.h"

namespace trunkline::cloud::jsonata {

struct RegexPiece {
  enum class Type : std::uint8_t {
    kAlternatives,  // one of the parts
    kAny,
    kBackReference,  // to group `number`
    kCharacter,      // `character`
    kGroup,          // captures its part as group `number`
    kLineEnd,
    kLineStart,
    kLook,  // ahead or behind; its part
    kNotWordBoundary,
    kRepeat,    // its part, `least` to `most` times
    kSequence,  // the parts one after the other
    kSet,
    kWordBoundary,
  };
  static constexpr std::uint32_t kUnlimited = std::numeric_limits<std::uint32_t>::max();

  Type type = Type::kSequence;
  std::vector<std::unique_ptr<RegexPiece>> parts;
  char32_t character = 0;
  CharacterSet set;
  std::uint32_t number = 0;
  std::uint32_t least = 0;
  std::uint32_t most = kUnlimited;
  bool greedy = true;
  bool behind = false;
  bool negated = false;
  // The groups inside a repeated part, which every turn forgets: from, and up to without it.
  std::uint32_t first_group = 0;
  std::uint32_t end_group = 0;
};

struct RegexSyntax {
  std::unique_ptr<RegexPiece> root;
  std::uint32_t groups = 0;
};

Outcome<RegexSyntax> ParseRegex(std::string_view pattern);
// A failure for a pattern that is none: JSONata has no code for it.
Failure BadRegex(std::string_view pattern, std::string_view why);

Outcome<RegexProgram> CompileRegex(const RegexSyntax& syntax, std::string_view pattern);

}  // namespace trunkline::cloud::jsonata
