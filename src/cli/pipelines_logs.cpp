#include "app/pipelines_logs.h"

#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/pipelines_command.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--execution", .value = "ID", .help = "which (default: the latest)"},
    {.name = "--action",
     .value = "NAME",
     .help = "only of this action or stage (default: every build)"},
    kFolderOption,
    kToolingProfileOption,
    kEndpointOption,
};

Exit RunPipelinesLogs(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  std::string text;
  const bool as_json = arguments.Has("--json");
  const auto write = [&](const std::string& part) {
    if (as_json) {
      text += part;
    } else {
      world.out.Write(part);
    }
  };
  const Result<void> read = app::ReadPipelineLogs(app_world, ToolingArgsOf(arguments),
                                                  {.pipeline = arguments.positionals.front(),
                                                   .execution = arguments.Get("--execution"),
                                                   .action = arguments.Get("--action")},
                                                  write);
  if (!read) return Fail(world, arguments, read.error());
  if (as_json) world.out.Write(json::WritePretty(json::Object{{"log", text}}));
  return Exit::kDone;
}

}  // namespace

const Command kPipelinesLogsCommand{
    .name = "pipelines logs",
    .summary = "prints what the builds of an execution wrote",
    .positionals = "NAME",
    .options = kOptions,
    .details = "",
    .example = "trunkline pipelines logs instance-develop --action Build",
    .run = RunPipelinesLogs};

}  // namespace trunkline::cli
