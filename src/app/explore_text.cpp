#include "app/explore_text.h"

#include <fmt/format.h>

#include "base/finding_json.h"
#include "base/finding_text.h"
#include "base/text.h"

namespace trunkline::app {
namespace {

std::string Lines(const ExploreFinding& one) {
  std::string text;
  if (!one.subject.action.empty()) {
    text += fmt::format("     in flow '{}', action '{}'", one.subject.flow, one.subject.action);
    text += one.subject.block.empty() ? "\n" : fmt::format(" ({})\n", one.subject.block);
  }
  if (one.finding.severity != Severity::kNote)
    text += fmt::format("     call: {}\n",
                        one.way.empty() ? "as soon as it comes in" : Join(one.way, ", then "));
  if (!one.test.empty()) text += fmt::format("     test: {}\n", one.test);
  if (!one.left_out.empty())
    text += fmt::format("     no test: the language cannot say '{}'\n", Join(one.left_out, "', '"));
  return text;
}

json::Array Texts(const std::vector<std::string>& all) {
  json::Array texts;
  for (const std::string& one : all) texts.emplace_back(one);
  return texts;
}

json::Object ToJson(const ExploreFinding& one) {
  json::Object object = trunkline::ToJson(one.finding);
  object.SetIfNotEmpty("flow", one.subject.flow);
  object.SetIfNotEmpty("action", one.subject.action);
  object.SetIfNotEmpty("block", one.subject.block);
  object.SetIfNotEmpty("pointer", one.subject.pointer);
  object.Set("way", Texts(one.way));
  object.SetIfNotEmpty("test", one.test);
  if (!one.left_out.empty()) object.Set("leftOut", Texts(one.left_out));
  return object;
}

json::Object ToJson(const ExploredFlow& flow) {
  json::Array findings;
  for (const ExploreFinding& one : flow.findings) findings.emplace_back(ToJson(one));
  return {{"flow", flow.flow},
          {"states", flow.states},
          {"calls", flow.calls},
          {"loops", flow.loops},
          {"blocks", json::Object{{"reached", flow.blocks}, {"all", flow.all_blocks}}},
          {"branches", json::Object{{"reached", flow.branches}, {"all", flow.all_branches}}},
          {"findings", std::move(findings)}};
}

std::string Counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

std::string ToText(const ExploreReport& report, bool colour) {
  std::string text;
  for (const ExploredFlow& flow : report.flows) {
    for (const ExploreFinding& one : flow.findings)
      text += trunkline::ToText(one.finding, colour) + Lines(one);
  }
  return text;
}

std::string SummaryOf(const ExploreReport& report) {
  std::string text;
  for (const ExploredFlow& flow : report.flows) {
    text +=
        fmt::format("{}: {}, {}, {} of {} blocks and {} of {} branches reached, {}\n", flow.flow,
                    Counted(flow.states, "state"), Counted(flow.calls, "call"), flow.blocks,
                    flow.all_blocks, flow.branches, flow.all_branches, Counted(flow.loops, "loop"));
  }
  return text + fmt::format("{}, {}, {}\n", Counted(report.Count(Severity::kError), "error"),
                            Counted(report.Count(Severity::kWarning), "warning"),
                            Counted(report.Count(Severity::kNote), "note"));
}

json::Object ToJson(const ExploreReport& report) {
  json::Array flows;
  for (const ExploredFlow& flow : report.flows) flows.emplace_back(ToJson(flow));
  return {{"errors", report.Count(Severity::kError)},
          {"warnings", report.Count(Severity::kWarning)},
          {"notes", report.Count(Severity::kNote)},
          {"flows", std::move(flows)}};
}

}  // namespace trunkline::app
