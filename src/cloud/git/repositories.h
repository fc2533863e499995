// The repositories this cloud knows, by "owner/name" as GitHub has them. They belong to no account.
//
//   own         made here (a first push, POST /_trunkline/repositories); bare, below the data
//   folder registered  a folder of the user's, bare or a checkout, that was given a name found
//   <owner>/<name>, <owner>/<name>.git below the folder of `up --repositories`
//
// In the store, global: {"git","repository"} by name; {"git","ref"} by ref below it: what every
// branch and tag was when pushes were last announced (cloud/git/announce.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/engine.h"
#include "cloud/store.h"
#include "net/async.h"

namespace trunkline::cloud::git {

inline constexpr Kind kRepository{"git", "repository"};
inline constexpr Kind kRef{"git", "ref"};
inline constexpr Kind kHook{"git", "hook"};
inline constexpr Kind kDelivery{"git", "delivery"};

struct Repository {
  std::string full_name;  // "acme/center"
  std::string git_dir;    // what git calls so: absolute
  bool own = false;       // made here
  TimePoint created{};

  std::string_view owner() const {
    return std::string_view(full_name).substr(0, full_name.find('/'));
  }
  std::string_view name() const {
    return std::string_view(full_name).substr(full_name.find('/') + 1);
  }
};

// "owner/name", or why it cannot be one. A trailing ".git" is not part of a name.
Result<void> CheckFullName(std::string_view full_name);

// A number like GitHub's, the same for the name for ever.
std::int64_t RepositoryId(std::string_view full_name);

// kInvalid: no such name can be. kNotFound: nothing of that name, and how to get it.
Result<Repository> FindRepository(Engine& engine, std::string_view full_name);
// All of them, by name.
std::vector<Repository> ListRepositories(Engine& engine);

// An empty one. kConflict: the name is taken.
net::aw<Result<Repository>> CreateRepository(Engine& engine, std::string full_name);
// Serves `folder` (absolute) under that name from now on. kInvalid: there is no repository in it.
net::aw<Result<Repository>> RegisterRepository(Engine& engine, std::string full_name,
                                               std::string folder);
// Own ones with everything in them; of a user's folder only the name is forgotten. With hooks and
// deliveries.
Result<void> RemoveRepository(Engine& engine, std::string full_name);

// Where git finds the repository of a folder: the folder itself (bare) or its .git; nothing when it
// is none.
std::optional<std::string> GitDirOf(const std::string& folder);
std::string CloneUrl(const Engine& engine, std::string_view full_name);

// The branch that HEAD names, "main" for one that has none.
net::aw<std::string> DefaultBranch(Engine& engine, std::string git_dir);

}  // namespace trunkline::cloud::git
