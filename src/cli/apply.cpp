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
        "under way.",
    .example = "trunkline apply --env dev",
    .run = RunApply};

}  // namespace trunkline::cli
