#include "app/flow_diff_text.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--git",
     .value = "REVISIONS",
     .help = "compare revisions of this repository (main..HEAD, main...HEAD), or one with the "
             "files as they are now (HEAD)"},
    {.name = "--format",
     .value = "FORMAT",
     .help = "text (the default), markdown for pull requests, or json"},
};

Result<app::FlowDiffReport> Compare(World& world, const Arguments& arguments) {
  if (arguments.Has("--git")) {
    app::RevisionFiles holder;
    TL_TRY(const app::FlowSets sets,
           app::FlowSetsOfRevisions(MakeAppWorld(world), arguments.Get("--git"),
                                    arguments.positionals, holder));
    return app::DiffFlowSets(sets);
  }
  TL_TRY(const app::FlowSets sets,
         app::FlowSetsOf(world.files, arguments.positionals[0], arguments.positionals[1]));
  return app::DiffFlowSets(sets);
}

std::string Written(const app::FlowDiffReport& report, std::string_view format) {
  if (format == "json") return json::WritePretty(app::ToJson(report));
  return format == "markdown" ? app::ToMarkdown(report) : app::ToText(report);
}

Exit Misused(World& world, const Arguments& arguments, std::string message) {
  return Fail(world, arguments, Error(ErrorKind::kInvalid, "{}", message), Exit::kUsage);
}

Exit RunFlowDiff(World& world, const Arguments& arguments) {
  const std::string format = arguments.Has("--json") ? "json" : arguments.Get("--format", "text");
  if (format != "text" && format != "markdown" && format != "json")
    return Misused(world, arguments,
                   "expected --format text, markdown or json but found " + format);
  if (!arguments.Has("--git") && arguments.positionals.size() != 2)
    return Misused(world, arguments,
                   "expected two files or folders to compare, or --git REVISIONS; see "
                   "'trunkline flow diff --help'");
  const Result<app::FlowDiffReport> report = Compare(world, arguments);
  if (!report) return Fail(world, arguments, report.error());
  if (format != "json") world.err.Write(ToText(report->findings, world.err.IsTerminal()));
  world.out.Write(Written(*report, format));
  return HasErrors(report->findings) ? Exit::kFailed : Exit::kDone;
}

}  // namespace

const Command kFlowDiffCommand{
    .name = "flow diff",
    .summary = "says what changed between two versions of a flow, or of many flows",
    .positionals = "[PATH...]",
    .options = kOptions,
    .details =
        "PATHs are the files or folders before and after; with --git what to look at (all without "
        "any). Actions are compared by what they do and where they stand: other identifiers, "
        "another order, moved blocks and renamed files are no changes.",
    .example = "trunkline flow diff --git main...HEAD --format markdown",
    .run = RunFlowDiff};

}  // namespace trunkline::cli
