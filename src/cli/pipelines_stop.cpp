#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/pipelines_command.h"
#include "cli/pipelines_show.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--at-once",
     .value = "",
     .help = "do not wait for the actions under way; what they began goes on"},
    {.name = "--reason", .value = "TEXT", .help = "why, for the history"},
    kFolderOption,
    kToolingProfileOption,
    kEndpointOption,
};

Exit RunPipelinesStop(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const Result<std::string> execution =
      app::StopPipeline(app_world, ToolingArgsOf(arguments), arguments.positionals.front(),
                        arguments.Has("--at-once"), arguments.Get("--reason"));
  if (!execution) return Fail(world, arguments, execution.error());
  return Told(world, arguments, {{"executionId", *execution}},
              fmt::format("Execution {} ends{}.", *execution,
                          arguments.Has("--at-once") ? " at once" : " after what is under way"));
}

}  // namespace

const Command kPipelinesStopCommand{
    .name = "pipelines stop",
    .summary = "stops the running execution of a pipeline",
    .positionals = "NAME",
    .options = kOptions,
    .details = "",
    .example = "trunkline pipelines stop instance-develop --reason \"wrong branch\"",
    .run = RunPipelinesStop};

}  // namespace trunkline::cli
