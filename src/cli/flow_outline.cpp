#include "app/flow_outline.h"

#include "base/finding_json.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--textconv",
     .value = "",
     .help = "for git: a file that is no flow (any more) is printed as it is"},
};

Exit RunFlowOutline(World& world, const Arguments& arguments) {
  const Result<app::OutlineReport> report =
      arguments.Has("--textconv") ? app::OutlineAnything(world.files, arguments.positionals)
                                  : app::OutlineFlows(world.files, arguments.positionals);
  if (!report) return Fail(world, arguments, report.error());
  const Exit exit = HasErrors(report->findings) ? Exit::kFailed : Exit::kDone;
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(
        json::Object{{"text", report->text}, {"findings", ToJson(report->findings)}}));
    return exit;
  }
  world.err.Write(ToText(report->findings, world.err.IsTerminal()));
  world.out.Write(report->text);
  return exit;
}

}  // namespace

const Command kFlowOutlineCommand{
    .name = "flow outline",
    .summary = "prints flows as text: what each block does and where its branches lead",
    .positionals = "PATH...",
    .options = kOptions,
    .details =
        "In the order in which callers come to the blocks, without positions and generated "
        "identifiers. As git's textconv it makes 'git diff' and 'git log -p' of flows readable.",
    .example = "git config diff.flow.textconv 'trunkline flow outline --textconv'",
    .run = RunFlowOutline};

}  // namespace trunkline::cli
