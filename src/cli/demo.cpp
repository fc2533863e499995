#include "app/demo.h"

#include "app/story.h"
#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/interrupt.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--quick",
     .value = "",
     .help = "only a delivery from this machine, and the call: without git and pipelines"},
    {.name = "--keep", .value = "", .help = "leave the cloud and the center's folder when it ends"},
    {.name = "--say", .value = "TEXT", .help = "what the caller says (default: sales)"},
};

std::string Next(const app::DemoOutcome& outcome, bool keep) {
  if (!keep) {
    return "\nNext:\n"
           "  trunkline demo --keep              the same, and the cloud stays for you to try\n"
           "  trunkline init my-center           a center of your own to change\n"
           "  trunkline help                     everything else\n";
  }
  return fmt::format(
      "\nThe cloud goes on at {0} (process {1}), the center is in {2}.\n"
      "Next:\n"
      "  trunkline call {3} --endpoint-url {0}          call it yourself\n"
      "  trunkline plan --env dev --folder {2} --endpoint-url {0}\n"
      "  kill {1}                                       when you are done\n",
      outcome.endpoint, outcome.cloud_pid, outcome.folder, outcome.number);
}

Exit RunDemo(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const app::DemoArgs args{.keep = arguments.Has("--keep"),
                           .say = arguments.Get("--say", "sales"),
                           .stop = StopOnInterrupt()};
  const bool as_json = arguments.Has("--json");
  const auto tell = [&](const std::string& line) {
    (as_json ? world.err : world.out).Write(line + "\n");
  };
  const Result<app::DemoOutcome> outcome = arguments.Has("--quick")
                                               ? app::RunDemo(app_world, args, tell)
                                               : app::RunStory(app_world, args, tell);
  if (!outcome) return Fail(world, arguments, outcome.error());
  if (as_json) {
    world.out.Write(json::WritePretty(json::Object{{"endpoint", outcome->endpoint},
                                                   {"folder", outcome->folder},
                                                   {"number", outcome->number},
                                                   {"queue", outcome->queue},
                                                   {"transcript", outcome->transcript},
                                                   {"milliseconds", outcome->took.count()}}));
    return Exit::kDone;
  }
  if (arguments.Has("--quick"))
    world.out.Write(
        fmt::format("\n{}\nThe caller ended in queue {}.", outcome->transcript, outcome->queue));
  world.out.Write(fmt::format("{}All of it took {}.\n{}", arguments.Has("--quick") ? " " : "\n",
                              ToDurationText(outcome->took), Next(*outcome, args.keep)));
  return Exit::kDone;
}

}  // namespace

const Command kDemoCommand{
    .name = "demo",
    .summary = "the whole story on the embedded cloud: from a git push to production, and calls",
    .positionals = "",
    .options = kOptions,
    .details = "Needs no account and talks to nothing but a port of this machine.",
    .example = "trunkline demo",
    .run = RunDemo};

}  // namespace trunkline::cli
