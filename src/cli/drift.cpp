#include "app/drift.h"

#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/environment_options.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {kEnvOption,  kRegionsOption,    kFolderOption,  kProfileOption,
                               kRoleOption, kExternalIdOption, kEndpointOption};

Exit RunDrift(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const auto report = app::FindDrift(app_world, EnvironmentArgsOf(arguments));
  if (!report) return Fail(world, arguments, report.error());
  for (const app::RegionDrift& region : report->regions) {
    if (region.error) world.err.Write(region.error->ToText() + "\n");
  }
  world.out.Write(arguments.Has("--json") ? json::WritePretty(json::Value(app::ToJson(*report)))
                                          : app::ToText(*report));
  return report->none() ? Exit::kDone : Exit::kFailed;
}

}  // namespace

const Command kDriftCommand{
    .name = "drift",
    .summary = "shows what was changed in the account since it was delivered",
    .positionals = "",
    .options = kOptions,
    .details =
        "Compares what is live with what was recorded when it was delivered: contents and "
        "descriptions of flows and modules,\n"
        "queues, hours, prompts and their recordings, storage, parameters, the bucket's "
        "protection, "
        "bots and their DRAFT,\n"
        "the versions that callers have of functions and bots, and what is missing "
        "(docs/undo.md).\n"
        "Exit code 1 when something was changed. 'apply' makes what is missing and writes edited "
        "flows and modules again;\n"
        "of the rest it writes what the monorepo changes.",
    .example = "trunkline drift --env prod",
    .run = RunDrift};

}  // namespace trunkline::cli
