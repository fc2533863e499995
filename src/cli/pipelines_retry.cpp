#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/pipelines_command.h"
#include "cli/pipelines_show.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--whole-stage", .value = "", .help = "also the stage's actions that succeeded"},
    {.name = "--follow", .value = "", .help = "until it has ended or asks a person"},
    kFolderOption,
    kToolingProfileOption,
    kEndpointOption,
};

Exit RunPipelinesRetry(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const std::string& name = arguments.positionals.front();
  const Result<std::string> stage =
      app::RetryPipeline(app_world, ToolingArgsOf(arguments), name, arguments.Has("--whole-stage"));
  if (!stage) return Fail(world, arguments, stage.error());
  if (arguments.Has("--follow"))
    return ShowPipeline(world, app_world, arguments,
                        {.name = name, .execution = {}, .follow = true});
  return Told(
      world, arguments, {{"stage", *stage}},
      fmt::format("Stage '{}' runs again; see 'trunkline pipelines status {}'.", *stage, name));
}

}  // namespace

const Command kPipelinesRetryCommand{
    .name = "pipelines retry",
    .summary = "runs what failed in the latest execution again",
    .positionals = "NAME",
    .options = kOptions,
    .details = "",
    .example = "trunkline pipelines retry instance-develop --follow",
    .run = RunPipelinesRetry};

}  // namespace trunkline::cli
