#include "cli/deliver_command.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

Exit RunApply(World& world, const Arguments& arguments) {
  return DeliverCommand(world, arguments, false);
}

}  // namespace

const Command kApplyCommand{
    .name = "apply",
    .summary = "delivers the center to an environment's account and Regions",
    .positionals = "",
    .options = kApplyOptions,
    .details =
        "The primary Region goes first, then the others. What is as wanted is not touched. A "
        "change that fails blocks only\n"
        "what depends on it; running again goes on where this run ended. Ctrl-C finishes what is "
        "under way.\n"
        "--prune: flows and modules that Trunkline delivered and that left the monorepo are "
        "renamed "
        "to z_<name>,\n"
        "or archived (trunkline.json: goneFlows); queues, hours and prompts are deleted. Functions "
        "and bots stay: see 'destroy'.\n"
        "--rollback: after the first failure, in its Region, everything that was changed is put "
        "back as it was and what is new\n"
        "is deleted; what cannot be is told, such as a new instance, which stays (docs/undo.md).",
    .example = "trunkline apply --env dev",
    .run = RunApply};

}  // namespace trunkline::cli
