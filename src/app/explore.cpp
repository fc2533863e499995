#include "app/explore.h"

#include <algorithm>
#include <set>

#include "app/explore_stage.h"
#include "base/json_write.h"
#include "base/text.h"
#include "flow/graph.h"
#include "flow/symbols.h"
#include "sim/explore/judge.h"
#include "sim/explore/write_case.h"
#include "sim/testing/read_test_case.h"
#include "sim/testing/run_test_case.h"

namespace trunkline::app {
namespace {

// Where the place of a branch is in the action: the branch's own, else the action.
std::uint32_t OffsetOf(const flow::Action& action, const std::string& outcome) {
  for (const flow::ErrorBranch& branch : action.errors) {
    if (branch.type == outcome) return branch.offset;
  }
  for (const flow::ConditionBranch& branch : action.conditions) {
    if (fmt::format("{} {}", branch.op, Join(branch.operands, ", ")) == outcome)
      return branch.offset;
  }
  return action.offset;
}

// What a file may be called: "Main-TL-E004-2".
std::string FileNameOf(const std::string& flow, const std::string& code, std::size_t number) {
  std::string name;
  for (const char c : flow) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
    name += plain ? c : '_';
  }
  return fmt::format("explore-{}-{}-{}.json", name, ToLower(code), number);
}

class FlowExplorer {
 public:
  FlowExplorer(Files& files, const ExploreArgs& args, ExploreStage stage)
      : files_(files),
        args_(args),
        stage_(std::move(stage)),
        exploration_(stage_.world, stage_.stand_ins, stage_.order) {}

  Result<ExploredFlow> Run() {
    const sim::Explored explored = exploration_.Run();
    ExploredFlow report{.flow = stage_.explored,
                        .findings = {},
                        .states = explored.states.size(),
                        .calls = explored.calls,
                        .loops = sim::CountLoops(explored)};
    for (const sim::Discovery& one : sim::Judge(explored, exploration_.order())) {
      TL_TRY(ExploreFinding finding, Report(one));
      report.findings.push_back(std::move(finding));
    }
    Cover(explored, report);
    return report;
  }

 private:
  const flow::Document* DocumentOf(const std::string& name) const {
    for (const auto* all : {&stage_.center.flows, &stage_.center.modules}) {
      for (const center::Flow& one : *all) {
        if (*one.name == name && !one.document.file.empty()) return &one.document;
      }
    }
    return nullptr;
  }

  Result<ExploreFinding> Report(const sim::Discovery& one) {
    ExploreFinding report;
    const flow::Document* document = DocumentOf(one.where.flow);
    const flow::Action* action =
        document == nullptr ? nullptr : document->FindAction(one.where.action);
    if (action != nullptr) {
      report.finding = flow::FindingAt(*document, one.severity, one.code, one.message, one.hint,
                                       OffsetOf(*action, one.where.outcome));
      report.subject = flow::SubjectOf(*document, report.finding.place);
    } else {
      report.finding = {.severity = one.severity,
                        .code = one.code,
                        .message = one.message,
                        .hint = one.hint,
                        .place = PlaceOfFlow(),
                        .source_line = {}};
    }
    if (one.severity == Severity::kNote) return report;
    const std::vector<sim::WayStep> steps = exploration_.Replay(one.way);
    report.way = sim::WordsOf(steps);
    if (!args_.tests.empty()) TL_DO(WriteTest(one, steps, report));
    return report;
  }

  Place PlaceOfFlow() const {
    const flow::Document* document = DocumentOf(stage_.explored);
    return {.file = document == nullptr ? stage_.explored : document->file};
  }

  // Only a test that shows what was found is worth a file.
  Result<void> WriteTest(const sim::Discovery& one, const std::vector<sim::WayStep>& steps,
                         ExploreFinding& report) {
    const std::string name = fmt::format("{}: {}", stage_.explored, one.message);
    sim::WrittenCase written = sim::WriteCase(
        exploration_, one, steps, name, flow::WriteSymbol(flow::ResourceKind::kFlow, stage_.flow));
    report.left_out = std::move(written.left_out);
    const std::string text = json::WritePretty(json::Value(std::move(written.test)));
    if (stage_.flow != stage_.explored)
      report.left_out.push_back("callers do not enter this flow first");
    if (report.left_out.empty() && !Shows(text))
      report.left_out.emplace_back("the call goes another way in a test");
    if (!report.left_out.empty()) return {};
    report.test =
        JoinPath(args_.tests, FileNameOf(stage_.explored, one.code, ++written_[one.code]));
    return files_.Write(report.test, text);
  }

  bool Shows(const std::string& text) const {
    const sim::ReadTest read = sim::ReadTestCase(text, "test.json", sim::TestMode::kObserved);
    return read.test && sim::RunTestCase(*read.test, stage_.world, stage_.stand_ins,
                                         {.at = exploration_.order().call.now})
                                .verdict == sim::Verdict::kPassed;
  }

  // Of flows and modules that were entered and whose contents are known.
  void Cover(const sim::Explored& explored, ExploredFlow& report) const {
    for (const std::string& id : explored.flows) {
      const sim::FlowResource* flow = stage_.world->FindFlow(id);
      if (flow == nullptr) flow = stage_.world->FindModule(id);
      if (flow == nullptr || flow->document == nullptr || DocumentOf(flow->name) == nullptr)
        continue;
      CoverFlow(*flow, explored, report);
    }
  }

  static std::string LabelOf(const flow::Action& action, const flow::GraphEdge& edge) {
    if (edge.kind == flow::EdgeKind::kNext) return "success";
    if (edge.kind == flow::EdgeKind::kError) return action.errors[edge.branch].type;
    const flow::ConditionBranch& branch = action.conditions[edge.branch];
    return fmt::format("{} {}", branch.op, Join(branch.operands, ", "));
  }

  static void CoverFlow(const sim::FlowResource& flow, const sim::Explored& explored,
                        ExploredFlow& report) {
    const flow::Document& document = *flow.document;
    const flow::Graph graph(document);
    for (std::size_t i = 0; i < document.actions.size(); ++i) {
      const flow::Action& action = document.actions[i];
      const auto took = [&](const std::string& outcome) {
        return explored.branches.contains({flow.name, action.id, outcome});
      };
      const auto first = explored.branches.lower_bound({flow.name, action.id, ""});
      const bool reached = first != explored.branches.end() && first->flow == flow.name &&
                           first->action == action.id;
      report.all_blocks += 1;
      report.blocks += reached ? 1U : 0U;
      for (const flow::GraphEdge& edge : graph.Edges(i)) {
        report.all_branches += 1;
        report.branches += took(LabelOf(action, edge)) ? 1U : 0U;
      }
    }
  }

  Files& files_;
  const ExploreArgs& args_;
  ExploreStage stage_;
  sim::Exploration exploration_;
  std::map<std::string, std::size_t> written_;  // tests, by code
};

}  // namespace

std::size_t ExploreReport::Count(Severity severity) const {
  std::size_t count = 0;
  for (const ExploredFlow& flow : flows) {
    count += static_cast<std::size_t>(std::ranges::count_if(
        flow.findings,
        [&](const ExploreFinding& one) { return one.finding.severity == severity; }));
  }
  return count;
}

Result<ExploreReport> ExploreFlows(Files& files, const ExploreArgs& args, Findings& findings) {
  ExploreReport report;
  for (const std::string& flow : args.flows) {
    TL_TRY(ExploreStage stage, SetExploreStage(files, args, flow, findings));
    TL_TRY(ExploredFlow explored, FlowExplorer(files, args, std::move(stage)).Run());
    report.flows.push_back(std::move(explored));
  }
  return report;
}

}  // namespace trunkline::app
