// How a command ends that could not do what it was asked for.
#pragma once

#include "base/error.h"
#include "cli/command.h"

namespace trunkline::cli {

// Says why on stderr; with --json also on stdout, as {"error": {"kind", "message", ...}}.
Exit Fail(World& world, const Arguments& arguments, const Error& error, Exit exit = Exit::kFailed);

}  // namespace trunkline::cli
