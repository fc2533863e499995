#include "app/destroy.h"

#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/confirm.h"
#include "cli/environment_options.h"
#include "cli/fail.h"
#include "cli/interrupt.h"
#include "cli/list.h"
#include "cli/progress.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {kEnvOption,
                               {.name = "--release-numbers",
                                .value = "",
                                .help = "give the phone numbers back that Trunkline claimed"},
                               kYesOption,
                               kRegionsOption,
                               kFolderOption,
                               kProfileOption,
                               kRoleOption,
                               kExternalIdOption,
                               kEndpointOption};

Exit Done(World& world, const Arguments& arguments, const app::Destruction& destruction) {
  world.out.Write(arguments.Has("--json") ? json::WritePretty(json::Value(app::ToJson(destruction)))
                                          : app::ToText(destruction));
  return destruction.ok() ? Exit::kDone : Exit::kFailed;
}

Exit RunDestroy(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const std::string environment = arguments.Get("--env");
  Result<app::Destruction> planned = app::PlanDestruction(app_world, EnvironmentArgsOf(arguments),
                                                          arguments.Has("--release-numbers"));
  if (!planned) return Fail(world, arguments, planned.error());
  if (planned->IsNothing()) {
    world.err.Write("nothing of Trunkline's is there\n");
  } else {
    world.err.Write(app::PlanText(*planned));
    const Result<bool> sure = Confirm(world, arguments, "This cannot be undone.", environment);
    if (!sure) return Fail(world, arguments, sure.error(), Exit::kUsage);
    if (!*sure) {
      world.err.Write("nothing was deleted\n");
      return Exit::kFailed;
    }
  }
  LineProgress progress(world.err);
  app::Destroy(*planned, progress, StopOnInterrupt());
  return Done(world, arguments, *planned);
}

}  // namespace

const Command kDestroyCommand{.name = "destroy",
                              .summary = "deletes what Trunkline delivered to an environment",
                              .positionals = "",
                              .options = kOptions,
                              .details =
                                  "Only what carries the tag 'trunkline:managed', the last "
                                  "delivered first, the primary Region "
                                  "last; nothing of a\n"
                                  "CloudFormation stack. An instance that Trunkline made goes with "
                                  "everything in it; a bucket "
                                  "with recordings stays.\n"
                                  "Shows what would go and asks for the environment's name, unless "
                                  "--yes is given. An instance "
                                  "with phone numbers\n"
                                  "is not deleted without --release-numbers.",
                              .example = "trunkline destroy --env dev",
                              .run = RunDestroy};

}  // namespace trunkline::cli
