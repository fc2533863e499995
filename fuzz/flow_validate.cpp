// Whatever the flow: the validator and the linter end, alone and over a set, what they find stands
// in the file, and the service's words keep the service's limits. Changed as JSON:
// fuzz/support/json_mutator.h.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/finding_text.h"
#include "flow/lint_set.h"
#include "flow/subject.h"
#include "flow/validate.h"

namespace trunkline::flow {
namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

void CheckFindings(const Document& document, const Findings& findings) {
  for (const Finding& finding : findings) {
    Check(finding.place.file == document.file && !finding.message.empty());
    Check(!ToText(finding, false).empty());
    SubjectOf(document, finding.place);
  }
}

void ValidateBothWays(const Document& document) {
  const Validation observed = Validate(document, ValidateMode::kObserved);
  const Validation strict = Validate(document, ValidateMode::kStrict);
  CheckFindings(document, observed.findings);
  CheckFindings(document, strict.findings);
  Check(strict.findings.size() >= observed.findings.size());
  Check(HasErrors(strict.findings) || !HasErrors(observed.findings));
  Check(observed.problems.size() <= 50);
  for (const std::string& problem : observed.problems) Check(problem.size() <= 256);
}

void LintAloneAndTogether(const Document& document) {
  std::array<FlowFacts, 2> facts;
  CheckFindings(document, Lint(document, {}, facts[0]));
  facts[1] = facts[0];
  facts[1].name += " too";
  Findings together;
  for (const SetFinding& finding : LintSet(facts)) together.push_back(ToFinding(document, finding));
  CheckFindings(document, together);
}

}  // namespace
}  // namespace trunkline::flow

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace trunkline::flow;  // NOLINT(google-build-using-namespace)
  const Parsed parsed = Parse(std::string(reinterpret_cast<const char*>(data), size), "input.json");
  if (!parsed.document) return 0;
  ValidateBothWays(*parsed.document);
  LintAloneAndTogether(*parsed.document);
  return 0;
}
