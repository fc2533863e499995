// Linting flow files: what `flow lint` finds, as a value. app/lint_sarif.h and app/lint_json.h
// print it for machines; app/lint_baseline.h takes out what was known before.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/finding.h"
#include "base/result.h"
#include "flow/lint_suppression.h"
#include "flow/subject.h"

namespace trunkline::app {

struct LintFinding {
  Finding finding;
  flow::Subject subject = {};  // empty where the file holds no flow
  // Of the rule, the flow, the action and what of it: the same wherever the file and the line are,
  // and in the next version of the flow. Hexadecimal; empty where the file holds no flow.
  std::string fingerprint = {};
  std::optional<flow::LintSuppression> suppression = {};  // the one that hides it
  bool known = false;                                     // stands in the baseline

  bool Counts() const { return !suppression && !known; }
};

struct LintReport {
  std::size_t files = 0;
  std::size_t skipped = 0;  // JSON files below a folder that are not flows
  std::vector<LintFinding> findings;
  bool has_baseline = false;
  std::size_t mended = 0;  // entries of the baseline that are found no more

  // Of those that count.
  std::size_t Count(Severity severity) const;
};

struct LintOrder {
  std::vector<std::string> paths;
  bool strict = false;           // demand what the documentation says (flow/validate.h)
  std::string environment = {};  // whose levels hold; empty: those of no environment in particular
  std::string today = {};        // for suppressions: "2026-11-27"
};

// Reads, validates and lints (app/flow_files.h says which files), each flow and then all flows of a
// contact center together. Levels and suppressions are those
// of the trunkline.json above each flow, and of the flow's metadata. A path that does not exist and
// an environment that is not declared are errors.
Result<LintReport> LintFlows(const Files& files, const LintOrder& order);

}  // namespace trunkline::app
