#include "app/pipelines_text.h"
#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/pipelines_command.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    kFolderOption,
    kToolingProfileOption,
    kEndpointOption,
};

Exit RunPipelinesList(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const auto pipelines = app::ListPipelines(app_world, ToolingArgsOf(arguments));
  if (!pipelines) return Fail(world, arguments, pipelines.error());
  if (!arguments.Has("--json")) {
    world.out.Write(app::ToText(*pipelines, world.clock.Now()));
    return Exit::kDone;
  }
  json::Array rows;
  for (const app::ExecutionStatus& status : *pipelines) rows.emplace_back(app::ToJson(status));
  world.out.Write(json::WritePretty(json::Object{{"pipelines", std::move(rows)}}));
  return Exit::kDone;
}

}  // namespace

const Command kPipelinesListCommand{.name = "pipelines list",
                                    .summary = "shows every pipeline, and what it did last",
                                    .positionals = "",
                                    .options = kOptions,
                                    .details = "",
                                    .example = "trunkline pipelines list",
                                    .run = RunPipelinesList};

}  // namespace trunkline::cli
