// trunkline test --emit: scenarios printed or written as test cases of the Testing language.
#pragma once

#include "cli/command.h"
#include "cli/world.h"

namespace trunkline::cli {

Exit EmitTests(World& world, const Arguments& arguments);

}  // namespace trunkline::cli
