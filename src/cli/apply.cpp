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
    .options = kDeliverOptions,
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
        "--rollback: after the first failure, in its Region, flows, modules, queues and hours are "
        "put "
        "back as they were and\n"
        "new ones deleted, and callers get the versions of functions, bots and the mapping "
        "function "
        "that they had.\n"
        "Prompts, storage, parameters, permissions and what was deleted stay as the run left them; "
        "the next run goes on there.",
    .example = "trunkline apply --env dev",
    .run = RunApply};

}  // namespace trunkline::cli
