#include "app/flow_lint.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "app/flow_files.h"
#include "app/lint_file.h"
#include "app/lint_home.h"
#include "app/parallel.h"
#include "flow/lint_center.h"
#include "flow/lint_set.h"

namespace trunkline::app {
namespace {

class LintRun {
 public:
  LintRun(const Files& files, const LintOrder& order)
      : files_(files), order_(order), homes_(files, order.environment, order.today) {}

  Result<LintReport> Run() {
    const auto work = [this](FlowFile file) { return LintAlone(std::move(file)); };
    const auto take = [this](LintedAlone one) { ReportAlone(std::move(one)); };
    TL_TRY(const FlowCount count, VisitFlows(files_, order_.paths, work, take));
    TL_DO(failed_);
    report_.files = count.files;
    report_.skipped = count.skipped;
    for (Set& set : sets_) LintTogether(set);
    TL_DO(failed_);
    const bool complete = std::ranges::any_of(
        order_.paths, [&](const std::string& path) { return files_.IsFolder(path); });
    if (complete) LintCenters();
    AddWithoutSubject(homes_.Judge(complete));
    Seal();
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
  struct LintedAlone {
    Result<LintHome*> home;
    LintedFile file = {};
  };
  // A flow about which the set has something to say, read again.
  struct Reread {
    std::optional<flow::Document> document;
    std::vector<LintFinding> findings = {};
  };

  // On all cores.
  LintedAlone LintAlone(FlowFile file) {
    LintedAlone one{.home = HomeOf(file.path)};
    if (one.home) one.file = LintFile(std::move(file), **one.home, order_.strict);
    return one;
  }

  Result<LintHome*> HomeOf(const std::string& path) {
    const std::scoped_lock lock(homes_mutex_);
    TL_TRY(LintHome* const home, homes_.Of(path));
    homes_.TakeCenter(*home);
    return home;
  }

  // In the files' order.
  void ReportAlone(LintedAlone one) {
    if (!one.home && failed_.ok()) failed_ = one.home.error();
    if (!one.home) return;
    flow::LintSuppressor of_flow(std::move(one.file.suppressions), order_.today);
    for (LintFinding& finding : one.file.findings) Add(std::move(finding), of_flow, **one.home);
    if (!one.file.linted) return;
    Set& set = SetOf(**one.home);
    set.facts.push_back(std::move(one.file.facts));
    set.flows.push_back({.path = std::move(one.file.path), .suppressor = std::move(of_flow)});
  }

  Set& SetOf(LintHome& home) {
    const auto found = std::ranges::find(sets_, &home, &Set::home);
    if (found != sets_.end()) return *found;
    return sets_.emplace_back(Set{.home = &home, .facts = {}, .flows = {}});
  }

  // What the flows of one contact center say together. Files with findings are read again: the
  // documents of thousands of flows would not fit into memory at once.
  void LintTogether(Set& set) {
    std::map<std::size_t, std::vector<flow::SetFinding>> by_flow;
    for (flow::SetFinding& finding : flow::LintSet(set.facts, set.home->options))
      by_flow[finding.flow].push_back(std::move(finding));
    for (std::size_t flow = 0; flow < set.flows.size(); ++flow) {
      if (!set.flows[flow].suppressor.empty()) by_flow.try_emplace(flow);
    }
    std::vector<std::size_t> flows;
    for (const auto& [flow, findings] : by_flow) flows.push_back(flow);
    const auto read = [&](std::size_t i) {
      return ReadAgain(set.flows[flows[i]].path, by_flow.at(flows[i]));
    };
    std::size_t finished = 0;
    WorkInOrder(flows.size(), read, [&](Result<Reread> one) {
      Finish(set.flows[flows[finished++]], std::move(one), *set.home);
    });
  }

  // On all cores.
  Result<Reread> ReadAgain(const std::string& path,
                           const std::vector<flow::SetFinding>& findings) const {
    TL_TRY(std::string bytes, files_.Read(path));
    Reread one{.document = flow::Parse(std::move(bytes), path).document};
    if (!one.document) return one;  // it has changed since: the next run sees what is there then
    for (const flow::SetFinding& finding : findings)
      one.findings.push_back(FindingAbout(*one.document, flow::ToFinding(*one.document, finding)));
    return one;
  }

  // Last of all, what the flow's own suppressions give to say: only now it is known what they hid.
  void Finish(LintedFlow& flow, Result<Reread> one, LintHome& home) {
    if (!one && failed_.ok()) failed_ = one.error();
    if (!one || !one->document) return;
    for (LintFinding& finding : one->findings) Add(std::move(finding), flow.suppressor, home);
    for (Finding& finding : flow.suppressor.Judge(home.options, true))
      Add(FindingAbout(*one->document, std::move(finding)), flow.suppressor, home);
  }

  void Add(LintFinding one, flow::LintSuppressor& of_flow, LintHome& home) {
    if (!one.fingerprint.empty()) {
      fingerprints_.Number(one.fingerprint);
      // Both are asked: neither shall be told that it hides nothing.
      const flow::LintSuppression* const own = of_flow.Hides(one.finding, one.subject);
      const flow::LintSuppression* const shared = home.suppressor.Hides(one.finding, one.subject);
      if (own != nullptr || shared != nullptr) one.suppression = own != nullptr ? *own : *shared;
    }
    report_.findings.push_back(std::move(one));
  }

  void Seal() {
    InParallel(report_.findings.size(), [this](std::size_t i) {
      std::string& fingerprint = report_.findings[i].fingerprint;
      if (!fingerprint.empty()) fingerprint = Fingerprints::Of(fingerprint);
    });
  }

  // What other files of the contact centers give to say: once, when a whole folder is linted.
  void LintCenters() {
    for (Set& set : sets_) {
      if (set.home->options.center == nullptr) continue;
      for (Finding& finding : flow::LintCenter(*set.home->options.center, set.home->options)) {
        LintFinding one{.finding = std::move(finding)};
        one.fingerprint = Fingerprints::About(one.finding.code, SubjectOf(one.finding));
        fingerprints_.Number(one.fingerprint);
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
  std::mutex homes_mutex_;
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
