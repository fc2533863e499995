// A git checkout that a use case works in: commits and pushes, as a person would.
//
// git is started as a process, without the user's configuration and without a shell.
#pragma once

#include <string>
#include <vector>

#include "app/world.h"
#include "base/result.h"

namespace trunkline::app {

class GitCheckout {
 public:
  // Makes a repository of the folder's files, with a first branch. An error says when git is
  // missing.
  static Result<GitCheckout> Init(AppWorld& world, const std::string& folder,
                                  const std::string& branch);

  // Everything that changed; the commit's 40 digits.
  Result<std::string> Commit(const std::string& message) const;
  // What is checked out, as `branch` of the repository at `url`.
  Result<void> Push(const std::string& url, const std::string& branch) const;

  const std::string& folder() const { return folder_; }

 private:
  GitCheckout(AppWorld& world, std::string folder) : world_(world), folder_(std::move(folder)) {}
  Result<std::string> Git(const std::vector<std::string>& words) const;

  AppWorld& world_;
  std::string folder_;
};

}  // namespace trunkline::app
