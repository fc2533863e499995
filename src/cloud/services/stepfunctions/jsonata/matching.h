// The matches of a text, one after the other: of a regular expression, or of a function of the
// user's that behaves like one.
#pragma once

#include <optional>
#include <vector>

#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/function.h"
#include "cloud/services/stepfunctions/jsonata/value.h"

namespace trunkline::cloud::jsonata {

class Matches {
 public:
  Matches(Evaluator& evaluator, const Value& matcher, const Value& text);

  // False when there is no other.
  Outcome<bool> Next();

  std::string_view match() const { return match_; }
  std::size_t start() const { return start_; }  // bytes
  std::size_t end() const { return end_; }
  const std::vector<Value>& groups() const { return groups_; }
  Value Object() const;  // as a function sees the match

 private:
  Outcome<bool> NextOfRegex();
  Outcome<bool> NextOfFunction();
  std::string_view text() const { return text_.AsText(); }

  Evaluator& evaluator_;
  Value matcher_;
  Value text_;
  const FunctionNode* regex_ = nullptr;
  bool first_ = true;
  Value object_;  // what a user's function gave
  std::string match_;
  std::size_t start_ = 0;
  std::size_t end_ = 0;
  std::size_t units_ = 0;    // UTF-16 units up to `counted_`
  std::size_t counted_ = 0;  // a byte at or before the match
  std::vector<Value> groups_;
};

}  // namespace trunkline::cloud::jsonata
