// The program a regular expression becomes.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace trunkline::cloud::jsonata {

struct CharacterSet {
  std::vector<std::pair<char32_t, char32_t>> ranges;
  bool negated = false;

  bool Has(char32_t c) const;
  void Add(char32_t first, char32_t last) { ranges.emplace_back(first, last); }
  // 'd', 'w', 's' as behind a backslash; upper case is everything else.
  void AddNamed(char32_t letter);
};

bool IsWordCharacter(char32_t c);
bool IsLineEnd(char32_t c);

struct RegexInstruction {
  enum class Code : std::uint8_t {
    kAny,              // any character but a line end
    kBackReference,    // what the group `first` captured
    kCharacter,        // the character `first`
    kEmptyCheck,       // goes on only when the place is another than kMark noted in `first`
    kForget,           // the groups from `first` up to `second`, without it
    kJump,             // to `first`
    kLineEnd,          //
    kLineStart,        //
    kLook,             // what follows must match here, up to kFound; then on at `first`
    kLookNot,          // must not match
    kMark,             // notes the place in `first`
    kFound,            // the end
    kNotWordBoundary,  //
    kSave,             // the place in slot `first`
    kSet,              // a character of the set `first`
    kSplit,            // tries `first`, then `second`
    kWordBoundary,     //
  };
  Code code;
  bool backward = false;  // reads what stands before the place: inside of a look-behind
  std::uint32_t first = 0;
  std::uint32_t second = 0;
};

struct RegexProgram {
  std::vector<RegexInstruction> code;
  std::vector<CharacterSet> sets;
  std::uint32_t groups = 0;  // without the whole
  std::uint32_t slots = 2;   // two for each group and the whole, then one for each loop
  bool ignore_case = false;
  bool multiline = false;
};

}  // namespace trunkline::cloud::jsonata
