#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/pipelines_command.h"
#include "cli/pipelines_show.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--execution", .value = "ID", .help = "which (default: the latest)"},
    {.name = "--follow", .value = "", .help = "until it has ended or asks a person"},
    kFolderOption,
    kToolingProfileOption,
    kEndpointOption,
};

Exit RunPipelinesStatus(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  return ShowPipeline(world, app_world, arguments,
                      {.name = arguments.positionals.front(),
                       .execution = arguments.Get("--execution"),
                       .follow = arguments.Has("--follow")});
}

}  // namespace

const Command kPipelinesStatusCommand{
    .name = "pipelines status",
    .summary = "shows the stages of a pipeline's execution",
    .positionals = "NAME",
    .options = kOptions,
    .details = "Fails when the execution failed, was stopped or cancelled.",
    .example = "trunkline pipelines status instance-develop --follow",
    .run = RunPipelinesStatus};

}  // namespace trunkline::cli
