// The use cases' world out of the command line's.
#pragma once

#include "app/world.h"
#include "cli/world.h"

namespace trunkline::cli {

inline app::AppWorld MakeAppWorld(World& world) {
  return {.files = world.files,
          .environment = world.environment,
          .clock = world.clock,
          .random = world.random,
          .log = world.log,
          .self = world.self};
}

}  // namespace trunkline::cli
