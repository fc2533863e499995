#include "cli/deliver_command.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

Exit RunPlan(World& world, const Arguments& arguments) {
  return DeliverCommand(world, arguments, true);
}

}  // namespace

const Command kPlanCommand{.name = "plan",
                           .summary = "shows what apply would change, and changes nothing",
                           .positionals = "",
                           .options = kPlanOptions,
                           .details = "",
                           .example = "trunkline plan --env dev",
                           .run = RunPlan};

}  // namespace trunkline::cli
