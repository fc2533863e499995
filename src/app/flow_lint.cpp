#include "app/flow_lint.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app/flow_files.h"
#include "app/lint_home.h"
#include "app/parallel.h"
#include "base/hash.h"
#include "flow/lint_center.h"
#include "flow/lint_set.h"
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
             if (failed_.ok()) failed_ = Take(std::move(file));
           }));
    TL_DO(failed_);
    Flush();
    report_.files = count.files;
    report_.skipped = count.skipped;
    TL_DO(LintTogether());
    const bool complete = std::ranges::any_of(
        order_.paths, [&](const std::string& path) { return files_.IsFolder(path); });
    if (complete) LintCenters();
    AddWithoutSubject(homes_.Judge(complete));
    return std::move(report_);
  }

 private:
  struct LintedFlow {
    std::string path;
    flow::LintSuppressor suppressor;  // the flow's own
  };
  // The flows of one contact center.
  struct Set {
    LintHome* home;
    std::vector<flow::FlowFacts> facts;
    std::vector<LintedFlow> flows;  // beside them
  };
  inline static const std::vector<flow::SetFinding> kNothing;

  // A flow and what is found in it alone.
  struct Linted {
    FlowFile file;
    LintHome* home;
    flow::LintAnnotations own = {};
    Findings validated = {};
    Findings linted = {};
    flow::FlowFacts facts = {};
    std::vector<flow::Subject> subjects = {};  // of all findings, in their order
  };

  Result<void> Take(FlowFile file) {
    constexpr std::size_t kBatch = 256;  // documents that are held at once
    TL_TRY(LintHome* const home, homes_.Of(file.path));
    homes_.TakeCenter(*home);
    batch_.push_back({.file = std::move(file), .home = home});
    if (batch_.size() == kBatch) Flush();
    return {};
  }

  // Flows are linted on all cores and reported in their order.
  void Flush() {
    InParallel(batch_.size(), [this](std::size_t i) { LintAlone(batch_[i]); });
    for (Linted& one : batch_) ReportAlone(std::move(one));
    batch_.clear();
  }

  void LintAlone(Linted& one) const {
    if (!one.file.document) return;
    one.own = flow::ReadLintAnnotations(*one.file.document);
    if (one.file.Readable()) {
      const auto mode = order_.strict ? flow::ValidateMode::kStrict : flow::ValidateMode::kObserved;
      one.validated = flow::Validate(*one.file.document, mode).findings;
      one.linted = flow::Lint(*one.file.document, one.home->options, one.facts);
    }
    for (const Findings* findings : FindingsOf(one)) {
      for (const Finding& finding : *findings)
        one.subjects.push_back(flow::SubjectOf(*one.file.document, finding.place));
    }
  }

  // In the order they are reported. What annotations give to say, only of a file that was linted.
  static std::vector<Findings*> FindingsOf(Linted& one) {
    std::vector<Findings*> all{&one.file.findings, &one.validated, &one.linted};
    if (one.file.Readable()) all.push_back(&one.own.findings);
    return all;
  }

  void ReportAlone(Linted one) {
    if (!one.file.document) return AddWithoutSubject(std::move(one.file.findings));
    flow::LintSuppressor of_flow(std::move(one.own.suppressions), order_.today);
    auto subject = one.subjects.begin();
    for (Findings* findings : FindingsOf(one)) {
      for (Finding& finding : *findings)
        Add(std::move(*subject++), std::move(finding), of_flow, *one.home);
    }
    if (!one.file.Readable()) return;
    Set& set = SetOf(*one.home);
    set.facts.push_back(std::move(one.facts));
    set.flows.push_back({.path = std::move(one.file.path), .suppressor = std::move(of_flow)});
  }

  Set& SetOf(LintHome& home) {
    const auto found = std::ranges::find(sets_, &home, &Set::home);
    if (found != sets_.end()) return *found;
    return sets_.emplace_back(Set{.home = &home, .facts = {}, .flows = {}});
  }

  // What the flows of one contact center say together. Files with findings are read again: the
  // documents of thousands of flows would not fit into memory at once.
  Result<void> LintTogether() {
    for (Set& set : sets_) {
      LintHome* const home = set.home;
      std::map<std::size_t, std::vector<flow::SetFinding>> by_flow;
      for (flow::SetFinding& finding : flow::LintSet(set.facts, home->options))
        by_flow[finding.flow].push_back(std::move(finding));
      for (std::size_t flow = 0; flow < set.flows.size(); ++flow) {
        const auto found = by_flow.find(flow);
        if (found != by_flow.end() || !set.flows[flow].suppressor.empty())
          TL_DO(Finish(set.flows[flow], found == by_flow.end() ? kNothing : found->second, *home));
      }
    }
    return {};
  }

  // Last of all, what the flow's own suppressions give to say: only now it is known what they hid.
  Result<void> Finish(LintedFlow& flow, const std::vector<flow::SetFinding>& findings,
                      LintHome& home) {
    TL_TRY(std::string bytes, files_.Read(flow.path));
    const flow::Parsed parsed = flow::Parse(std::move(bytes), flow.path);
    if (!parsed.document) return {};  // it has changed since: the next run sees what is there then
    const auto add = [&](Finding finding) {
      flow::Subject subject = flow::SubjectOf(*parsed.document, finding.place);
      Add(std::move(subject), std::move(finding), flow.suppressor, home);
    };
    for (const flow::SetFinding& finding : findings)
      add(flow::ToFinding(*parsed.document, finding));
    for (Finding& finding : flow.suppressor.Judge(home.options, true)) add(std::move(finding));
    return {};
  }

  void Add(flow::Subject subject, Finding finding, flow::LintSuppressor& of_flow, LintHome& home) {
    LintFinding one{.finding = std::move(finding), .subject = std::move(subject)};
    one.fingerprint = fingerprints_.Of(one.finding.code, one.subject);
    // Both are asked: neither shall be told that it hides nothing.
    const flow::LintSuppression* const own = of_flow.Hides(one.finding, one.subject);
    const flow::LintSuppression* const shared = home.suppressor.Hides(one.finding, one.subject);
    if (own != nullptr || shared != nullptr) one.suppression = own != nullptr ? *own : *shared;
    report_.findings.push_back(std::move(one));
  }

  // What other files of the contact centers give to say: once, when a whole folder is linted.
  void LintCenters() {
    for (Set& set : sets_) {
      if (set.home->options.center == nullptr) continue;
      for (Finding& finding : flow::LintCenter(*set.home->options.center, set.home->options)) {
        LintFinding one{.finding = std::move(finding)};
        one.fingerprint = fingerprints_.Of(one.finding.code, SubjectOf(one.finding));
        if (const auto* hides = set.home->suppressor.Hides(one.finding, {}))
          one.suppression = *hides;
        report_.findings.push_back(std::move(one));
      }
    }
  }

  // Of a finding in a file that is no flow: all there is to know it by.
  static flow::Subject SubjectOf(const Finding& finding) {
    flow::Subject subject;
    subject.flow = finding.place.file;
    subject.part = finding.message;
    return subject;
  }

  void AddWithoutSubject(Findings findings) {
    for (Finding& finding : findings) report_.findings.push_back({.finding = std::move(finding)});
  }

  const Files& files_;
  const LintOrder& order_;
  LintHomes homes_;
  std::vector<Linted> batch_;
  std::vector<Set> sets_;  // in the order of their first flows
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
