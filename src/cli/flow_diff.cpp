#include "app/flow_diff.h"

#include "base/finding_json.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

std::string_view Word(flow::ChangeKind kind) {
  switch (kind) {
    case flow::ChangeKind::kAdded:
      return "added";
    case flow::ChangeKind::kRemoved:
      return "removed";
    case flow::ChangeKind::kChanged:
      return "changed";
  }
  return "changed";
}

std::string_view Sign(flow::ChangeKind kind) {
  return kind == flow::ChangeKind::kAdded ? "+" : kind == flow::ChangeKind::kRemoved ? "-" : "~";
}

std::string Text(const app::FlowFileDiff& flow) {
  std::string text = fmt::format("{} {}\n", Sign(flow.kind), flow.file);
  for (const flow::FlowChange& one : flow.changes)
    text += fmt::format("    {} {}\n", Sign(one.kind), one.sentence);
  return text;
}

json::Object ToJson(const app::FlowFileDiff& flow) {
  json::Array changes;
  for (const flow::FlowChange& one : flow.changes) {
    changes.emplace_back(json::Object{{"kind", Word(one.kind)},
                                      {"before", one.before},
                                      {"after", one.after},
                                      {"path", one.path},
                                      {"sentence", one.sentence},
                                      {"file", one.place.file},
                                      {"line", one.place.line}});
  }
  return {{"file", flow.file}, {"kind", Word(flow.kind)}, {"changes", std::move(changes)}};
}

Exit RunFlowDiff(World& world, const Arguments& arguments) {
  const Result<app::FlowDiffReport> report =
      app::DiffFlowFiles(world.files, arguments.positionals[0], arguments.positionals[1]);
  if (!report) return Fail(world, arguments, report.error());
  const bool broken = HasErrors(report->findings);
  if (arguments.Has("--json")) {
    json::Array flows;
    for (const app::FlowFileDiff& one : report->flows) flows.emplace_back(ToJson(one));
    world.out.Write(
        json::WritePretty(json::Object{{"compared", report->compared},
                                       {"flows", std::move(flows)},
                                       {"findings", trunkline::ToJson(report->findings)}}));
    return broken ? Exit::kFailed : Exit::kDone;
  }
  world.err.Write(ToText(report->findings, world.err.IsTerminal()));
  for (const app::FlowFileDiff& one : report->flows) world.out.Write(Text(one));
  if (report->flows.empty() && !broken) world.out.Write("no difference\n");
  return broken ? Exit::kFailed : Exit::kDone;
}

}  // namespace

const Command kFlowDiffCommand{
    .name = "flow diff",
    .summary = "says what changed between two versions of a flow, or of a folder of flows",
    .positionals = "BEFORE AFTER",
    .options = {},
    .details =
        "Actions are compared by what they do and where they stand: other identifiers, another "
        "order and moved "
        "blocks are no changes.",
    .example = "trunkline flow diff old/main.json amzconnect-contact-flows/lib/callflows/main.json",
    .run = RunFlowDiff};

}  // namespace trunkline::cli
