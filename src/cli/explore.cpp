#include "app/explore.h"

#include "app/explore_text.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--folder",
     .value = "DIR",
     .help = "the monorepo of the flows (default: the one around the file, or around this folder)"},
    {.name = "--env",
     .value = "NAME",
     .help = "the environment whose account and Region contacts see (default: the first)"},
    {.name = "--chat", .value = "", .help = "chats, not calls"},
    {.name = "--attribute",
     .value = "NAME=TEXT",
     .help = "an attribute that contacts begin with",
     .repeated = true},
    {.name = "--depth",
     .value = "N",
     .help = "follow so many choices one after the other (default 60)"},
    {.name = "--states", .value = "N", .help = "walk so many different states (default 20000)"},
    {.name = "--tests",
     .value = "DIR",
     .help = "write a test case for each finding, which 'trunkline test' runs"},
};

Result<std::int64_t> ReadBound(const Arguments& arguments, std::string_view option,
                               std::int64_t fallback) {
  if (!arguments.Has(option)) return fallback;
  const auto number = ToInt(arguments.Get(option));
  constexpr std::int64_t kMost = 10'000'000;
  if (number && *number >= 1 && *number <= kMost) return *number;
  return Error(ErrorKind::kInvalid, "expected a number from 1 to {} as '{}' but got '{}'", kMost,
               option, arguments.Get(option));
}

Result<app::ExploreArgs> ReadExploreArgs(const Arguments& arguments) {
  app::ExploreArgs args{.flows = arguments.positionals,
                        .folder = arguments.Get("--folder"),
                        .environment = arguments.Get("--env"),
                        .tests = arguments.Get("--tests")};
  if (arguments.Has("--chat")) args.channel = sim::Channel::kChat;
  for (const std::string& text : arguments.All("--attribute")) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return Error(ErrorKind::kInvalid, "expected an attribute such as 'tier=gold' but got '{}'",
                   text);
    }
    args.attributes.Set(text.substr(0, equals), text.substr(equals + 1));
  }
  TL_TRY(const std::int64_t depth, ReadBound(arguments, "--depth", args.bounds.depth));
  TL_TRY(const std::int64_t states,
         ReadBound(arguments, "--states", static_cast<std::int64_t>(args.bounds.states)));
  args.bounds = {.depth = static_cast<int>(depth), .states = static_cast<std::size_t>(states)};
  return args;
}

Exit RunExplore(World& world, const Arguments& arguments) {
  const Result<app::ExploreArgs> args = ReadExploreArgs(arguments);
  if (!args) return Fail(world, arguments, args.error(), Exit::kUsage);
  Findings findings;
  const Result<app::ExploreReport> report = app::ExploreFlows(world.files, *args, findings);
  world.err.Write(ToText(findings, world.err.IsTerminal()));
  // Without findings nothing is wrong with the center: the command named what is not there.
  if (!report)
    return Fail(world, arguments, report.error(), findings.empty() ? Exit::kUsage : Exit::kFailed);
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(json::Value(app::ToJson(*report))));
  } else {
    world.out.Write(app::ToText(*report, world.out.IsTerminal()));
    world.err.Write(app::SummaryOf(*report));
  }
  return report->Count(Severity::kError) > 0 ? Exit::kFailed : Exit::kDone;
}

}  // namespace

const Command kExploreCommand{
    .name = "explore",
    .summary = "walks what callers and the world can do to a flow, and finds where calls go wrong",
    .positionals = "FLOW...",
    .options = kOptions,
    .details =
        "A FLOW is a file, or the name of one of the monorepo's flows. Every key, silence, intent, "
        "answer and\n"
        "failure that makes a difference is walked, to the bounds: loops without exit, hang-ups "
        "without a word,\n"
        "sensitive queues without proof of who calls (trunkline.json) are found, each with the "
        "shortest call.\n"
        "Exit code 1 when there is an error; warnings and notes do not count.",
    .example = "trunkline explore ACME_Main --tests amzconnect-contact-flows/tests",
    .run = RunExplore};

}  // namespace trunkline::cli
