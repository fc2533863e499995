// Asks before what cannot be undone.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/command.h"

namespace trunkline::cli {

inline constexpr Option kYesOption{.name = "--yes", .value = "", .help = "do not ask"};

// True when `word` is typed in. With --yes nobody is asked; an error where nobody can be: standard
// input is no terminal.
Result<bool> Confirm(World& world, const Arguments& arguments, const std::string& question,
                     const std::string& word);

}  // namespace trunkline::cli
