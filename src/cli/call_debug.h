// `trunkline call --debug`: commands, line by line, until the end of the input or `quit`.
#pragma once

#include "app/open_call.h"
#include "cli/command.h"
#include "cli/world.h"

namespace trunkline::cli {

bool IsDebugged(const Arguments& arguments);  // --debug or --break
Exit DebugTheCall(World& world, const Arguments& arguments, app::OpenedCall opened);

}  // namespace trunkline::cli
