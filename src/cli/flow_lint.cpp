#include <algorithm>

#include "app/flow_files.h"
#include "base/finding_json.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--strict",
     .value = "",
     .help = "demand what the documentation says, not only what the service refuses"},
};

std::size_t Count(const Findings& findings, Severity severity) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Finding& one) { return one.severity == severity; }));
}

std::string Counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

Exit RunFlowLint(World& world, const Arguments& arguments) {
  const Result<app::LintReport> report =
      app::LintFlows(world.files, arguments.positionals, arguments.Has("--strict"));
  if (!report) return Fail(world, arguments, report.error());
  const Exit exit = HasErrors(report->findings) ? Exit::kFailed : Exit::kDone;
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(
        json::Object{{"files", report->files}, {"findings", ToJson(report->findings)}}));
    return exit;
  }
  world.out.Write(ToText(report->findings, world.out.IsTerminal()));
  world.err.Write(fmt::format("{}: {}, {}, {}\n", Counted(report->files, "flow"),
                              Counted(Count(report->findings, Severity::kError), "error"),
                              Counted(Count(report->findings, Severity::kWarning), "warning"),
                              Counted(Count(report->findings, Severity::kNote), "note")));
  return exit;
}

}  // namespace

const Command kFlowLintCommand{
    .name = "flow lint",
    .summary =
        "checks flow files: what the service would refuse, and what works differently than meant",
    .positionals = "PATH...",
    .options = kOptions,
    .details = "Exit code 1 when there is an error; warnings and notes do not count.",
    .example = "trunkline flow lint amzconnect-contact-flows/lib/callflows",
    .run = RunFlowLint};

}  // namespace trunkline::cli
