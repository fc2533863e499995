#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/pipelines_command.h"
#include "cli/pipelines_show.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--commit", .value = "SHA", .help = "at this commit (default: the branch's head)"},
    {.name = "--follow", .value = "", .help = "until it has ended or asks a person"},
    kFolderOption,
    kToolingProfileOption,
    kEndpointOption,
};

Exit RunPipelinesStart(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const std::string& name = arguments.positionals.front();
  const Result<std::string> execution =
      app::StartPipeline(app_world, ToolingArgsOf(arguments), name, arguments.Get("--commit"));
  if (!execution) return Fail(world, arguments, execution.error());
  if (arguments.Has("--follow"))
    return ShowPipeline(world, app_world, arguments,
                        {.name = name, .execution = *execution, .follow = true});
  return Told(
      world, arguments, {{"executionId", *execution}},
      fmt::format("Started execution {}; see 'trunkline pipelines status {}'.", *execution, name));
}

}  // namespace

const Command kPipelinesStartCommand{
    .name = "pipelines start",
    .summary = "starts a pipeline",
    .positionals = "NAME",
    .options = kOptions,
    .details = "",
    .example = "trunkline pipelines start contact-flows-develop --follow",
    .run = RunPipelinesStart};

}  // namespace trunkline::cli
