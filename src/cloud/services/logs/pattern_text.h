// What filter patterns compare with: a text, in which '*' may stand for anything, or a regular
// expression between percent signs.
//
// Expressions know what CloudWatch Logs documents: literals, classes, \d \s \w, anchors, repetition
// and |. Groups are refused, as by the service.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace trunkline::aws {
class Pattern;
}

namespace trunkline::cloud::logs {

struct PatternText {
  std::string text;                                  // without its quotes
  bool is_number = false;                            // it was a number without quotes
  std::shared_ptr<const aws::Pattern> expression{};  // shared by copies of the pattern

  // Anywhere in a message.
  bool StandsIn(std::string_view message) const;
  // The whole value; an expression needs a part of it.
  bool IsLike(std::string_view value) const;
};

// Each takes what it reads from the front of `rest`.
Result<PatternText> TakeExpression(std::string_view& rest);  // "%..%"
Result<PatternText> TakeQuoted(std::string_view& rest);      // "\"..\""

// A sign and what stands behind it: "= 4*", "!= \"a b\"", ">= 100", "= %4[0-9]+%".
struct Comparison {
  std::string sign;  // "=", "!=", "<", "<=", ">", ">="
  PatternText operand;
};
// An operand without quotes ends before one of `ends`.
Result<Comparison> TakeComparison(std::string_view& rest, std::string_view ends);
// `number`: the value as a number, where it is one.
bool Holds(const Comparison& comparison, std::string_view value, const double* number);

Error WrongPattern(std::string_view expected, std::string_view rest);

}  // namespace trunkline::cloud::logs
