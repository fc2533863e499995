// trunkline test --watch: runs again whenever files change.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/changes.h"
#include "base/result.h"
#include "cli/command.h"
#include "cli/world.h"

namespace trunkline::cli {

// The folders that tests at these paths depend on: their monorepos, or the paths where there is
// none.
std::vector<std::string> WatchedFolders(const Files& files, const std::vector<std::string>& paths);

// Runs until `changes` stops, and gives what the last run gave. A terminal is cleared before each
// run but the first.
Exit RunOnChange(World& world, Changes& changes, const std::function<Exit()>& run);

}  // namespace trunkline::cli
