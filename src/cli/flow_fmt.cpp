#include "app/flow_files.h"
#include "base/finding_json.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--check",
     .value = "",
     .help = "change nothing; exit code 1 when a file would change"},
};

Exit RunFlowFmt(World& world, const Arguments& arguments) {
  const bool check = arguments.Has("--check");
  const Result<app::FormatReport> report =
      app::FormatFlows(world.files, arguments.positionals, check);
  if (!report) return Fail(world, arguments, report.error());
  world.err.Write(ToText(report->findings, world.err.IsTerminal()));
  if (arguments.Has("--json")) {
    json::Array changed;
    for (const std::string& file : report->changed) changed.emplace_back(file);
    world.out.Write(json::WritePretty(json::Object{{"files", report->files},
                                                   {"changed", std::move(changed)},
                                                   {"findings", ToJson(report->findings)}}));
  } else {
    for (const std::string& file : report->changed) world.out.Write(file + "\n");
  }
  const bool failed = HasErrors(report->findings) || (check && !report->changed.empty());
  return failed ? Exit::kFailed : Exit::kDone;
}

}  // namespace

const Command kFlowFmtCommand{
    .name = "flow fmt",
    .summary = "rewrites flow files in their canonical form",
    .positionals = "PATH...",
    .options = kOptions,
    .details =
        "Two-space indent, one action a block, the keys in their order; a file keeps the format it "
        "came in.",
    .example = "trunkline flow fmt amzconnect-contact-flows/lib/callflows",
    .run = RunFlowFmt};

}  // namespace trunkline::cli
