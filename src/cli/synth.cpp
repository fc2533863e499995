#include "app/synth.h"

#include "base/finding_json.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "-o", .value = "DIR", .help = "where the templates go (default: synth)"},
    {.name = "--env",
     .value = "NAME",
     .help = "only the stacks of this environment's account (default: all, and the tooling's)"},
    {.name = "--folder", .value = "DIR", .help = "the monorepo (default: the working folder)"},
};

json::Value ToJson(const app::SynthReport& report) {
  json::Array files;
  for (const stacks::SynthFile& file : report.files) {
    files.emplace_back(json::Object{{"file", JoinPath(report.output, file.name)},
                                    {"summary", file.summary},
                                    {"bytes", file.text.size()}});
  }
  return json::Object{{"files", std::move(files)},
                      {"findings", trunkline::ToJson(report.findings)}};
}

std::string ToText(const app::SynthReport& report) {
  std::string text;
  for (const stacks::SynthFile& file : report.files)
    text += fmt::format("{}  {}\n", JoinPath(report.output, file.name), file.summary);
  return text;
}

Exit RunSynth(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const app::SynthArgs args{.folder = arguments.Get("--folder", "."),
                            .environment = arguments.Get("--env"),
                            .output = arguments.Get("-o", "synth")};
  const Result<app::SynthReport> report = app::Synth(app_world, args);
  if (!report) return Fail(world, arguments, report.error());
  world.err.Write(trunkline::ToText(report->findings, world.err.IsTerminal()));
  world.out.Write(arguments.Has("--json") ? json::WritePretty(ToJson(*report)) : ToText(*report));
  return HasErrors(report->findings) ? Exit::kFailed : Exit::kDone;
}

}  // namespace

const Command kSynthCommand{
    .name = "synth",
    .summary = "writes the CloudFormation templates of a center: roles, pipelines, workflows",
    .positionals = "",
    .options = kOptions,
    .details =
        "The same center gives the same bytes. docs/stacks.md says what each template makes "
        "and how it is deployed.",
    .example = "trunkline synth -o synth",
    .run = RunSynth};

}  // namespace trunkline::cli
