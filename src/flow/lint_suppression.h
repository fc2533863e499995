// Suppressions: findings of lint rules that somebody has looked at and accepted until a day.
//
// They stand in trunkline.json, as entries of "suppressions" of "lint" (center/read_lint.cpp), and
// in a flow's own metadata, which the linker leaves out of what is delivered:
//
//   Metadata.trunkline.lint                         for the flow
//   Metadata.ActionMetadata.<id>.trunkline.lint     for an action
//     [{"rule": "literal-arn", "reason": "moves in spring", "until": "2027-03-31"}]
//
// Only findings of lint rules can be suppressed: what the service refuses stays refused. Codes:
// TL-L001 (warning) a suppression has ended; TL-L002 (note) it hides nothing; TL-L003 (error) what
// stands in the metadata is no suppression.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "flow/document.h"
#include "flow/lint.h"
#include "flow/subject.h"

namespace trunkline::flow {

struct LintSuppression {
  std::string rule;    // the code
  std::string flow;    // the flow's name, or its file's with or without ".json"; empty: every flow
  std::string action;  // identifier; empty: every action
  std::string reason;
  std::string until;  // the last day it holds, in UTC: "2027-03-31"
  Place place;
  SourceLine source_line;
  bool in_flow = false;  // stands in the flow's metadata
};

// Whether a text is a day as `until` has it.
bool IsDay(std::string_view text);

// Those of a flow's metadata, with findings about what is no suppression.
struct LintAnnotations {
  std::vector<LintSuppression> suppressions;
  Findings findings;
};
LintAnnotations ReadLintAnnotations(const Document& document);
// Takes everything that is Trunkline's own out of the metadata.
void DropAnnotations(json::Value& content);

class LintSuppressor {
 public:
  // `today` as `until` has it.
  LintSuppressor(std::vector<LintSuppression> suppressions, std::string today);

  bool empty() const { return suppressions_.empty(); }

  // The first suppression that hides the finding; nullptr when it stays.
  const LintSuppression* Hides(const Finding& finding, const Subject& subject);

  // What is to say about the suppressions themselves: those that have ended and, when everything
  // they may be about was linted (`complete`), those that hid nothing, unless their rule is off.
  Findings Judge(const LintOptions& options, bool complete) const;

 private:
  std::vector<LintSuppression> suppressions_;
  std::vector<bool> used_;
  std::string today_;
};

}  // namespace trunkline::flow
