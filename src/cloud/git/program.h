// The `git` program, run as a child that a coroutine waits for.
//
// It gets nothing of the user: an empty home folder, no system or user configuration, no prompts,
// no pager, no hooks, and none of the programs that a repository's own configuration could name
// (core.hooksPath, fsmonitor, ssh, filters are not run because nothing is checked out in it).
// Repositories of other users are served too: the user named them. No shell is involved.
#pragma once

#include <string>
#include <vector>

#include "cloud/engine.h"
#include "cloud/processes.h"
#include "net/async.h"

namespace trunkline::cloud::git {

struct GitCommand {
  std::vector<std::string> arguments;  // without "git"; what a user named stands behind
                                       // --end-of-options
  std::string git_dir;                 // --git-dir; empty: none
  std::string work_tree;               // --work-tree; empty: none
  std::string input;
  std::string protocol;  // GIT_PROTOCOL, for the wire
  std::chrono::milliseconds time{120'000};
  std::uint64_t output = 64U << 20U;
};

// However it ended. The error: git is not on the PATH.
net::aw<Result<ProcessEnd>> StartGit(Engine& engine, GitCommand command);

// What it printed. An exit code but 0 is kInvalid with git's own words ("fatal: ..." without
// "fatal: "); no end in time, or more output than allowed, is kUnreached.
net::aw<Result<std::string>> RunGit(Engine& engine, GitCommand command);

// A folder below the data folder for git's files; made when missing.
Result<std::string> GitFolder(const Engine& engine, const std::string& name);

}  // namespace trunkline::cloud::git
