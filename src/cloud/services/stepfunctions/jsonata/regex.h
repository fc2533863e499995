// Regular expressions as JavaScript has them, for /.../ in an expression.
//
// A pattern becomes a small program; matching runs it with a stack of choices to come back to, in
// steps that are counted: a pattern that explodes ("(a+)+b") ends as an error, not as a hang.
// Characters are code points. Places are bytes of the UTF-8 text.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "cloud/services/stepfunctions/jsonata/failure.h"

namespace trunkline::cloud::jsonata {

struct RegexFlags {
  bool ignore_case = false;
  bool multiline = false;
};

struct RegexProgram;

class Regex {
 public:
  struct Span {
    std::size_t start = 0;
    std::size_t end = 0;
  };
  struct Match {
    Span whole;
    std::vector<std::optional<Span>> groups;
  };

  static Outcome<std::shared_ptr<const Regex>> Compile(std::string_view pattern, RegexFlags flags);

  explicit Regex(std::unique_ptr<const RegexProgram> program);
  ~Regex();

  // The first match at or after the byte `from`. What it costs is taken off `steps`.
  Outcome<std::optional<Match>> Search(std::string_view text, std::size_t from,
                                       std::uint64_t& steps) const;

 private:
  std::unique_ptr<const RegexProgram> program_;
};

}  // namespace trunkline::cloud::jsonata
