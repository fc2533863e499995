// BuildShell: the process that runs a build's commands, one after the other, and their output.
//
// A small supervisor (/bin/sh) is the leader of a process group. It reads the names of scripts from
// its input, runs each with the build's shell, and tells the exit status on its error channel,
// which the commands do not have: theirs is joined to their output, so that the order of what they
// write is kept. When its input ends (this cloud was stopped, or killed) it ends the whole group:
// no command outlives the cloud.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "net/async.h"

namespace trunkline::cloud::codebuild {

class BuildShell {
 public:
  struct Options {
    std::string shell;                               // a path
    std::string folder;                              // where it starts
    std::map<std::string, std::string> environment;  // all of it
    std::function<void(std::string_view bytes)> output;
  };
  static Result<std::unique_ptr<BuildShell>> Start(net::Loop& loop, Options options);
  ~BuildShell();  // ends the group
  BuildShell(const BuildShell&) = delete;
  BuildShell& operator=(const BuildShell&) = delete;

  // Runs a script to its end; one at a time. The answer is its exit status, or nothing when the
  // group was ended meanwhile. `tick` is called every quarter of a second.
  net::aw<std::optional<int>> Run(std::string script, std::function<void()> tick);
  void Kill();

 private:
  struct State;
  explicit BuildShell(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;  // shared with those who wait for its output and its end
};

}  // namespace trunkline::cloud::codebuild
