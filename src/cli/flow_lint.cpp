#include <algorithm>

#include "app/flow_files.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--strict",
     .value = "",
     .help = "demand what the documentation says, not only what the service refuses"},
};

json::Object ToJson(const Finding& finding) {
  return {{"code", finding.code},
          {"severity", finding.severity == Severity::kError     ? "error"
                       : finding.severity == Severity::kWarning ? "warning"
                                                                : "note"},
          {"message", finding.message},
          {"hint", finding.hint},
          {"file", finding.place.file},
          {"line", finding.place.line},
          {"column", finding.place.column}};
}

std::size_t Count(const Findings& findings, Severity severity) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Finding& one) { return one.severity == severity; }));
}

Exit Run(World& world, const Arguments& arguments) {
  const Result<app::LintReport> report =
      app::LintFlows(world.files, arguments.positionals, arguments.Has("--strict"));
  if (!report) {
    world.err.Write(report.error().ToText() + "\n");
    return Exit::kUsage;
  }
  const Exit exit = HasErrors(report->findings) ? Exit::kFailed : Exit::kDone;
  if (arguments.Has("--json")) {
    json::Array findings;
    for (const Finding& finding : report->findings) findings.emplace_back(ToJson(finding));
    world.out.Write(json::WritePretty(
        json::Object{{"files", report->files}, {"findings", std::move(findings)}}));
    return exit;
  }
  world.out.Write(ToText(report->findings, world.out.IsTerminal()));
  world.err.Write(fmt::format("{} flows: {} errors, {} warnings, {} notes\n", report->files,
                              Count(report->findings, Severity::kError),
                              Count(report->findings, Severity::kWarning),
                              Count(report->findings, Severity::kNote)));
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
    .run = Run};

}  // namespace trunkline::cli
