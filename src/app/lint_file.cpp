#include "app/lint_file.h"

#include <utility>

#include <fmt/format.h>

#include "base/hash.h"
#include "flow/validate.h"

namespace trunkline::app {

std::string Fingerprints::About(const std::string& code, const flow::Subject& subject) {
  return fmt::format("{}\n{}\n{}\n{}", code, subject.flow, subject.action, subject.part);
}

void Fingerprints::Number(std::string& about) {
  const int number = ++seen_[about];
  about += fmt::format("\n{}", number);
}

std::string Fingerprints::Of(const std::string& numbered) {
  constexpr std::size_t kBytes = 16;
  return ToHex(Sha256(numbered).substr(0, kBytes));
}

LintFinding FindingAbout(const flow::Document& document, Finding finding) {
  flow::Subject subject = flow::SubjectOf(document, finding.place);
  std::string about = Fingerprints::About(finding.code, subject);
  return {.finding = std::move(finding),
          .subject = std::move(subject),
          .fingerprint = std::move(about)};
}

LintedFile LintFile(FlowFile file, const LintHome& home, bool strict) {
  LintedFile made{.path = std::move(file.path), .linted = file.Readable()};
  const auto add = [&](Findings findings) {
    for (Finding& finding : findings) {
      made.findings.push_back(file.document ? FindingAbout(*file.document, std::move(finding))
                                            : LintFinding{.finding = std::move(finding)});
    }
  };
  add(std::move(file.findings));
  if (!file.document) return made;
  // What annotations give to say, only of a file that is linted.
  flow::LintAnnotations own = flow::ReadLintAnnotations(*file.document);
  made.suppressions = std::move(own.suppressions);
  if (!made.linted) return made;
  const auto mode = strict ? flow::ValidateMode::kStrict : flow::ValidateMode::kObserved;
  add(flow::Validate(*file.document, mode).findings);
  add(flow::Lint(*file.document, home.options, made.facts));
  add(std::move(own.findings));
  return made;
}

}  // namespace trunkline::app
