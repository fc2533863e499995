// The command line: argv -> exit code. 0 done, 1 found problems or failed, 2 wrong usage.
#pragma once

#include <string>
#include <vector>

#include "cli/world.h"

namespace trunkline::cli {

// Builds the real world and runs. Exceptions end here, as "internal error".
int Main(int argc, char** argv);

// The same with a given world: what tests call. `words` without the program's name.
int Run(World& world, const std::vector<std::string>& words);

}  // namespace trunkline::cli
