// What one flow file says without the others: lint on all cores makes it, one file per call.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/flow_files.h"
#include "app/flow_lint.h"
#include "app/lint_home.h"
#include "base/finding.h"
#include "flow/document.h"
#include "flow/lint_set.h"
#include "flow/lint_suppression.h"
#include "flow/subject.h"

namespace trunkline::app {

// The same for the same mistake; the second of two in one place has another number. A finding's
// fingerprint is made in three steps, because only the middle one needs all findings in order.
class Fingerprints {
 public:
  // What the finding is about.
  static std::string About(const std::string& code, const flow::Subject& subject);
  // Numbers those that are about the same.
  void Number(std::string& about);
  // The fingerprint of what was numbered.
  static std::string Of(const std::string& numbered);

 private:
  std::unordered_map<std::string, int> seen_;
};

// With what it is about as its fingerprint.
LintFinding FindingAbout(const flow::Document& document, Finding finding);

struct LintedFile {
  std::string path;
  bool linted = false;  // it could be read
  std::vector<LintFinding> findings = {};
  std::vector<flow::LintSuppression> suppressions = {};  // the flow's own
  flow::FlowFacts facts = {};
};

LintedFile LintFile(FlowFile file, const LintHome& home, bool strict);

}  // namespace trunkline::app
