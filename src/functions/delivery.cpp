#include "functions/delivery.h"

#include "functions/monorepo.h"

namespace trunkline::functions {

deploy::DeployWorld DeployWorldOf(const FunctionWorld& world) {
  return {.timers = world.timers,
          .clock = world.clock,
          .program_zip = ZipOwnProgram,
          .program_self = &world,
          .boundary = world.environment.GetOr("TRUNKLINE_PERMISSIONS_BOUNDARY", "")};
}

}  // namespace trunkline::functions
