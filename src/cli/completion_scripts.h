// Completion scripts of shells, and man pages, printed from the command table.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/command.h"

namespace trunkline::cli {

// A script that the shell reads; what stands behind an option with a value is left to the shell
// (files).
std::string BashCompletion(std::span<const Command* const> commands);
std::string ZshCompletion(std::span<const Command* const> commands);
std::string FishCompletion(std::span<const Command* const> commands);

// The page of the program (trunkline.1), and of one command (trunkline-flow-lint.1), in the man
// macros.
std::string ManPage(std::span<const Command* const> commands);
std::string ManPage(const Command& command);
std::string ManPageName(const Command& command);  // "trunkline-flow-lint.1"

}  // namespace trunkline::cli
