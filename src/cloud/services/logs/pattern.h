// Filter patterns of CloudWatch Logs: which events FilterLogEvents shows.
//
//   ERROR timeout          both words (case counts; letters, digits and _ need no quotes)
//   "exact phrase"         the phrase
//   ?ERROR ?WARN           at least one
//   ERROR -debug           not with the word
//   { $.level = "ERROR" && $.latency > 100 }   of events that are JSON: = != < <= > >=, IS NULL, IS
//   TRUE, IS FALSE,
//                          NOT EXISTS, EXISTS, && ||, brackets, * in texts
// Not implemented, and said so: space-delimited patterns [..] and regular expressions %..%.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::cloud::logs {

// A pattern made of words.
struct TermPattern {
  std::vector<std::string> all;      // must stand in the message
  std::vector<std::string> any;      // one of these must, if there are any
  std::vector<std::string> without;  // must not
};

// A pattern for JSON: a tree of comparisons.
struct JsonTest {
  enum class Kind { kAnd, kOr, kCompare };
  Kind kind = Kind::kCompare;
  std::vector<JsonTest> parts;    // of kAnd and kOr
  std::vector<std::string> path;  // "$.a.b[0]" is {"a", "b", "[0]"}
  std::string comparison;         // "=", "!=", "<", "<=", ">", ">=", "IS NULL", "EXISTS", ...
  std::string text;               // compared with
  bool is_number = false;         // the text was a number without quotes
};

class Pattern {
 public:
  // The error's sentence is for the caller: what is wrong or not implemented.
  static Result<Pattern> Read(std::string_view text);

  bool Matches(std::string_view message) const;

 private:
  TermPattern terms_;
  std::shared_ptr<const JsonTest> json_;  // shared by copies; null: by words
};

}  // namespace trunkline::cloud::logs
