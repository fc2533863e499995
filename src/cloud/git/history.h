// What git knows of commits and of what changed between them, as values.
//
// Texts are UTF-8: what a repository holds otherwise has U+FFFD where it is not.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cloud/engine.h"
#include "net/async.h"

namespace trunkline::cloud::git {

struct Person {
  std::string name;
  std::string email;
  std::string date;  // ISO 8601 with the person's own offset
};

struct Commit {
  std::string id;
  std::string tree;
  std::vector<std::string> parents;
  Person author;
  Person committer;
  std::string message;  // without line ends at its end
  // Of a merge: nothing, as git shows none. A rename is a removal and an addition.
  std::vector<std::string> added;
  std::vector<std::string> removed;
  std::vector<std::string> modified;
};

// Which commits: those reachable from `of` and from none of `not_of`.
struct Range {
  std::vector<std::string> of;
  std::vector<std::string> not_of;  // unknown ones do not matter
  std::size_t limit = 250;          // the newest
  std::size_t skip = 0;
};

// Newest first, without their changes.
net::aw<Result<std::vector<Commit>>> ListCommits(Engine& engine, std::string git_dir, Range range);
// The ids alone.
net::aw<Result<std::vector<std::string>>> ListIds(Engine& engine, std::string git_dir, Range range);
net::aw<Result<std::size_t>> CountCommits(Engine& engine, std::string git_dir, Range range);
// The same commits with their changes, at most `limit` paths of each.
net::aw<Result<std::vector<Commit>>> WithChanges(Engine& engine, std::string git_dir,
                                                 std::vector<Commit> commits, std::size_t limit);

// What a branch, tag or commit id means. Branches come before tags, and both before ids.
struct Revision {
  std::string commit;
  std::string branch;  // empty: it was none
};
// kNotFound: there is no such thing.
net::aw<Result<Revision>> Resolve(Engine& engine, std::string git_dir, std::string name);
// The newest common ancestor, or nothing.
net::aw<std::optional<std::string>> MergeBase(Engine& engine, std::string git_dir, std::string a,
                                              std::string b);
net::aw<bool> IsAncestor(Engine& engine, std::string git_dir, std::string ancestor,
                         std::string descendant);

// The paths that differ, sorted; a rename gives both. An empty `from` gives every file of `to`.
net::aw<Result<std::vector<std::string>>> ListDifferingPaths(Engine& engine, std::string git_dir,
                                                             std::string from, std::string to);

struct FileChange {
  std::string path;
  std::string previous_path;   // of a rename
  std::string status;          // added, removed, modified, renamed, copied, changed (its type)
  std::string blob;            // its new content's id; of a removal the old one's
  std::int64_t additions = 0;  // lines; 0 of binary files
  std::int64_t deletions = 0;
};
// With renames told.
net::aw<Result<std::vector<FileChange>>> ListChanges(Engine& engine, std::string git_dir,
                                                     std::string from, std::string to);

// The id of the tree without files, of the kind that `like` is: for comparing with nothing.
std::string EmptyTree(std::string_view like);

// The text with U+FFFD for what is not UTF-8.
std::string AsUtf8(std::string_view text);

}  // namespace trunkline::cloud::git
