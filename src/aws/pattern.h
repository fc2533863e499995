// Pattern: the regular expressions of API models, matched against whole texts in linear time.
//
// Input comes from callers, so nothing here recurses over it: the expression becomes a small
// program, and all its threads walk the text together (Thompson, 1968). Understood: literals,
// classes with \d \w \s \p{L} \p{Z} \p{N} \p{C}, groups, alternatives, greedy and lazy repetition,
// ^ $ \b, look-ahead and look-behind of one character. Not understood: back references and inline
// flags. Unicode classes know the common ranges, not every code point.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace trunkline::aws {

constexpr bool IsWordCharacter(char32_t point) {
  return (point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') ||
         (point >= 'a' && point <= 'z') || point == '_';
}

// A set of code points.
struct CharSet {
  struct Range {
    char32_t first;
    char32_t last;
  };
  std::vector<Range> ranges;
  bool negated = false;
  // Sets inside a class ("[\W\S_]"): one of them is enough.
  std::vector<CharSet> parts;

  bool Has(char32_t point) const;
};

class Pattern {
 public:
  // The error (kInvalid) says what is not understood.
  static Result<Pattern> Compile(std::string_view expression);

  // Whether the whole of `text` matches. Bytes that are not UTF-8 count as one character each.
  bool Matches(std::string_view text) const;

 private:
  friend class PatternCompiler;
  enum class Op : std::uint8_t {
    kSet,
    kSplit,
    kJump,
    kBegin,
    kEnd,
    kBoundary,
    kAhead,
    kBehind,
    kMatch
  };
  struct Step {
    Op op;
    std::size_t a = 0;  // kSet, kBehind: the set; kSplit, kJump: a target; kAhead: where it goes on
    std::size_t b = 0;  // kSplit: the other target
    bool negated = false;  // kAhead, kBehind
  };
  struct Walk;
  std::vector<Step> steps_;
  std::vector<CharSet> sets_;
};

}  // namespace trunkline::aws
