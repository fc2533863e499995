// Running commands of a buildspec.
//
// Every command is a script of its own, run by the build's shell. It begins where the one before
// ended: in its folder and with its variables, which is what users see as one shell for all
// commands. So `exit` ends a command and not the build's shell.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cloud/services/codebuild/build_run.h"

namespace trunkline::cloud::codebuild {

// Starts the shell with the run's environment.
Result<void> StartShell(BuildRun& run);

// The exit status; nothing when the build was ended meanwhile.
net::aw<std::optional<int>> RunCommand(BuildRun* run, std::string command);

// Texts as the shell sees them between double quotes: $NAME and $(command) are replaced. Texts
// without '$' and '`' stay as they are.
net::aw<std::vector<std::string>> Expand(BuildRun* run, std::vector<std::string> texts);

// The values of variables, "" for those that are not set.
net::aw<std::vector<std::string>> ReadVariables(BuildRun* run, std::vector<std::string> names);

}  // namespace trunkline::cloud::codebuild
