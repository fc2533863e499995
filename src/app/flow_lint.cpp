#include "app/flow_lint.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app/flow_files.h"
#include "app/lint_home.h"
#include "base/hash.h"
#include "flow/validate.h"

namespace trunkline::app {
namespace {

// The same for the same mistake; the second of two in one place has another number.
class Fingerprints {
 public:
  std::string Of(const std::string& code, const flow::Subject& subject) {
    const std::string about =
        fmt::format("{}\n{}\n{}\n{}", code, subject.flow, subject.action, subject.part);
    const int number = ++seen_[about];
    constexpr std::size_t kBytes = 16;
    return ToHex(Sha256(fmt::format("{}\n{}", about, number)).substr(0, kBytes));
  }

 private:
  std::map<std::string, int> seen_;
};

class LintRun {
 public:
  LintRun(const Files& files, const LintOrder& order)
      : files_(files), order_(order), homes_(files, order.environment, order.today) {}

  Result<LintReport> Run() {
    TL_TRY(const FlowCount count, VisitFlows(files_, order_.paths, [&](FlowFile file) {
             if (failed_.ok()) failed_ = LintFile(std::move(file));
           }));
    TL_DO(failed_);
    report_.files = count.files;
    report_.skipped = count.skipped;
    const bool complete = std::ranges::any_of(
        order_.paths, [&](const std::string& path) { return files_.IsFolder(path); });
    AddWithoutSubject(homes_.Judge(complete));
    return std::move(report_);
  }

 private:
  Result<void> LintFile(FlowFile file) {
    TL_TRY(LintHome* const home, homes_.Of(file.path));
    if (!file.document) {
      AddWithoutSubject(std::move(file.findings));
      return {};
    }
    const flow::Document& document = *file.document;
    flow::LintAnnotations own = flow::ReadLintAnnotations(document);
    flow::LintSuppressor of_flow(std::move(own.suppressions), order_.today);
    const auto add = [&](Findings findings) {
      for (Finding& finding : findings) Add(document, std::move(finding), of_flow, *home);
    };
    const auto mode = order_.strict ? flow::ValidateMode::kStrict : flow::ValidateMode::kObserved;
    const bool readable = file.Readable();
    add(std::move(file.findings));
    if (!readable) return {};
    if (document.text.find("${") != std::string::npos) homes_.TakeNames(*home);
    add(flow::Validate(document, mode).findings);
    add(flow::Lint(document, home->options));
    add(std::move(own.findings));
    add(of_flow.Judge(home->options, true));
    return {};
  }

  void Add(const flow::Document& document, Finding finding, flow::LintSuppressor& of_flow,
           LintHome& home) {
    LintFinding one{.finding = std::move(finding)};
    one.subject = flow::SubjectOf(document, one.finding.place);
    one.fingerprint = fingerprints_.Of(one.finding.code, one.subject);
    // Both are asked: neither shall be told that it hides nothing.
    const flow::LintSuppression* const own = of_flow.Hides(one.finding, one.subject);
    const flow::LintSuppression* const shared = home.suppressor.Hides(one.finding, one.subject);
    if (own != nullptr || shared != nullptr) one.suppression = own != nullptr ? *own : *shared;
    report_.findings.push_back(std::move(one));
  }

  void AddWithoutSubject(Findings findings) {
    for (Finding& finding : findings) report_.findings.push_back({.finding = std::move(finding)});
  }

  const Files& files_;
  const LintOrder& order_;
  LintHomes homes_;
  Fingerprints fingerprints_;
  LintReport report_;
  Result<void> failed_;
};

}  // namespace

std::size_t LintReport::Count(Severity severity) const {
  return static_cast<std::size_t>(std::ranges::count_if(findings, [&](const LintFinding& one) {
    return one.Counts() && one.finding.severity == severity;
  }));
}

Result<LintReport> LintFlows(const Files& files, const LintOrder& order) {
  return LintRun(files, order).Run();
}

}  // namespace trunkline::app
