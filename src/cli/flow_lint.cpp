#include "app/flow_lint.h"

#include <optional>

#include "app/lint_baseline.h"
#include "app/lint_sarif.h"
#include "app/lint_text.h"
#include "base/json_write.h"
#include "cli/fail.h"
#include "cli/flow_lint_rules.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--strict",
     .value = "",
     .help = "demand what the documentation says, not only what the service refuses"},
    {.name = "--env",
     .value = "NAME",
     .help = "take the levels of this environment, as trunkline.json has them"},
    {.name = "--format",
     .value = "FORMAT",
     .help = "text (the default), json, or sarif (SARIF 2.1.0, for code review tools)"},
    {.name = "--show-suppressed",
     .value = "",
     .help = "print the findings that are suppressed or in the baseline, too"},
    {.name = "--baseline",
     .value = "FILE",
     .help = "let only findings count that are not in this file"},
    {.name = "--write-baseline",
     .value = "FILE",
     .help = "write the findings into this file, for --baseline"},
    {.name = "--rules", .value = "", .help = "list the rules and lint nothing"},
    {.name = "--explain",
     .value = "RULE",
     .help = "print the page of a rule (its name or code) and lint nothing"},
};

// What the command line asks for that cannot be; nothing when all is well.
std::optional<Error> MistakeIn(const Arguments& arguments) {
  if (arguments.positionals.empty()) {
    return Error(ErrorKind::kInvalid,
                 "expected the PATH of a flow or a folder after 'trunkline flow lint', or "
                 "'--rules' or '--explain RULE'; see 'trunkline flow lint --help'");
  }
  const std::string format = arguments.Get("--format", "text");
  if (format != "text" && format != "json" && format != "sarif")
    return Error(ErrorKind::kInvalid, "expected '--format' to be text, json or sarif but got '{}'",
                 format);
  if (arguments.Has("--json") && format != "json" && arguments.Has("--format"))
    return Error(ErrorKind::kInvalid, "'--json' and '--format {}' exclude each other", format);
  if (arguments.Has("--baseline") && arguments.Has("--write-baseline"))
    return Error(ErrorKind::kInvalid, "'--baseline' and '--write-baseline' exclude each other");
  return std::nullopt;
}

Result<app::LintReport> Lint(World& world, const Arguments& arguments) {
  constexpr std::size_t kDay = 10;  // "2026-11-27" of "2026-11-27T20:35:18Z"
  const app::LintOrder order{.paths = arguments.positionals,
                             .strict = arguments.Has("--strict"),
                             .environment = arguments.Get("--env"),
                             .today = ToIso8601(world.clock.Now()).substr(0, kDay)};
  TL_TRY(app::LintReport report, app::LintFlows(world.files, order));
  if (arguments.Has("--baseline"))
    TL_DO(app::CompareWithBaseline(report, world.files, arguments.Get("--baseline")));
  if (arguments.Has("--write-baseline"))
    TL_DO(app::WriteBaseline(report, world.files, arguments.Get("--write-baseline")));
  return report;
}

void Print(World& world, const Arguments& arguments, const app::LintReport& report) {
  const bool all = arguments.Has("--show-suppressed");
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(app::ToJson(report, all)));
  } else if (arguments.Get("--format") == "sarif") {
    world.out.Write(json::WritePretty(app::ToSarif(report, TRUNKLINE_VERSION)));
  } else {
    world.out.Write(app::ToText(report, all, world.out.IsTerminal()));
    world.err.Write(app::SummaryOf(report));
  }
}

Exit RunFlowLint(World& world, const Arguments& given) {
  Arguments arguments = given;
  // The same, for a failure, too.
  if (given.Get("--format") == "json") arguments.options["--json"] = {"true"};
  if (arguments.Has("--rules")) return ListLintRules(world, arguments);
  if (arguments.Has("--explain")) return ExplainLintRule(world, arguments);
  if (const std::optional<Error> mistake = MistakeIn(arguments))
    return Fail(world, arguments, *mistake, Exit::kUsage);
  const Result<app::LintReport> report = Lint(world, arguments);
  if (!report) return Fail(world, arguments, report.error());
  Print(world, arguments, *report);
  return report->Count(Severity::kError) > 0 ? Exit::kFailed : Exit::kDone;
}

}  // namespace

const Command kFlowLintCommand{
    .name = "flow lint",
    .summary =
        "checks flow files: what the service would refuse, and what works differently than meant",
    .positionals = "[PATH...]",
    .options = kOptions,
    .details =
        "Exit code 1 when there is an error; warnings and notes do not count, nor does what "
        "is suppressed or in the baseline.",
    .example = "trunkline flow lint amzconnect-contact-flows/lib/callflows",
    .run = RunFlowLint};

}  // namespace trunkline::cli
