#include "app/pipelines.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/pipelines_command.h"
#include "cli/pipelines_show.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--comment", .value = "TEXT", .help = "what is recorded with the answer"},
    kFolderOption,
    kToolingProfileOption,
    kEndpointOption,
};

Exit Answer(World& world, const Arguments& arguments, bool approved) {
  app::AppWorld app_world = MakeAppWorld(world);
  const std::string& name = arguments.positionals.front();
  const std::string word = approved ? "approved" : "rejected";
  const Result<std::string> stage =
      app::AnswerApproval(app_world, ToolingArgsOf(arguments), name, approved,
                          arguments.Get("--comment", word + " with trunkline"));
  if (!stage) return Fail(world, arguments, stage.error());
  return Told(world, arguments, {{"stage", *stage}, {"approved", approved}},
              fmt::format("Stage '{}' of {} is {}.", *stage, name, word));
}

Exit RunPipelinesApprove(World& world, const Arguments& arguments) {
  return Answer(world, arguments, true);
}

Exit RunPipelinesReject(World& world, const Arguments& arguments) {
  return Answer(world, arguments, false);
}

}  // namespace

const Command kPipelinesApproveCommand{
    .name = "pipelines approve",
    .summary = "lets the execution that asks a person go on",
    .positionals = "NAME",
    .options = kOptions,
    .details = "",
    .example = "trunkline pipelines approve contact-flows-main --comment \"heard on staging\"",
    .run = RunPipelinesApprove};

const Command kPipelinesRejectCommand{
    .name = "pipelines reject",
    .summary = "ends the execution that asks a person",
    .positionals = "NAME",
    .options = kOptions,
    .details = "",
    .example = "trunkline pipelines reject contact-flows-main --comment \"wrong greeting\"",
    .run = RunPipelinesReject};

}  // namespace trunkline::cli
