// Filter patterns of CloudWatch Logs: which events a search shows, a filter counts and a
// subscription is sent.
//
//   ERROR timeout          both words (case counts; letters, digits and _ need no quotes)
//   "exact phrase"         the phrase
//   ?ERROR ?WARN           at least one
//   ERROR -debug           not with the word
//   %ERR[0-9]+%            what the regular expression fits
//   { $.level = "ERROR" && $.latency > 100 }   of events that are JSON: = != < <= > >=, IS NULL, IS
//   TRUE, IS FALSE,
//                          NOT EXISTS, EXISTS, && ||, brackets, * in texts, %..%
//   [ip, user, ..., status = 4*, bytes > 1000] of events that are words between blanks; a text in
//                          quotes or square brackets is one
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "cloud/services/logs/pattern_text.h"

namespace trunkline::cloud::logs {

// A pattern made of words.
struct TermPattern {
  std::vector<PatternText> all;      // must stand in the message
  std::vector<PatternText> any;      // one of these must, if there are any
  std::vector<PatternText> without;  // must not
};

struct JsonTest;      // pattern_json.h
struct SpacePattern;  // pattern_space.h

class Pattern {
 public:
  // The error's sentence is for the caller: what is wrong.
  static Result<Pattern> Read(std::string_view text);

  bool Matches(std::string_view message) const;
  // What the pattern names of a message that it fits: {"$.level": "ERROR"}, {"$ip": "10.0.0.1"}.
  json::Object Extract(std::string_view message) const;
  bool names_fields() const { return space_ != nullptr; }

 private:
  TermPattern terms_;
  // Shared by copies; both null: by words.
  std::shared_ptr<const JsonTest> json_;
  std::shared_ptr<const SpacePattern> space_;
};

}  // namespace trunkline::cloud::logs
