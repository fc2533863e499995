// Two versions of a set of flows, as flow diff and others compare them: of two files, of two
// folders, or of two revisions of a git repository.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/world.h"
#include "base/files.h"
#include "base/result.h"

namespace trunkline::app {

// What stands for a file that is not there: git's difftool and `diff` name it so.
inline constexpr std::string_view kNoFile = "/dev/null";

struct FlowSet {
  const Files* files = nullptr;
  // Name -> path in `files`. The same name in both versions is the same flow.
  std::map<std::string, std::string> paths;
};

struct FlowSets {
  FlowSet before;
  FlowSet after;
};

// Two files, whatever they are called, or two folders, whose flows are named by their paths below
// them; JSON that is no flow is left out of folders. kInvalid: a file and a folder.
Result<FlowSets> FlowSetsOf(const Files& files, const std::string& before,
                            const std::string& after);

// Holds what git has of two revisions; outlives the sets.
struct RevisionFiles {
  MemoryFiles before;
  MemoryFiles after;
};

// The flows that differ between two revisions, named by their paths in the repository. `revisions`
// as `git diff` takes them: "A..B", "A...B" (since they parted), or "A", which is compared with the
// files as they are now. `paths` (none: all), relative to the working folder, narrow it down.
// kNotFound: git is missing; kInvalid: what git said.
Result<FlowSets> FlowSetsOfRevisions(const AppWorld& world, const std::string& revisions,
                                     const std::vector<std::string>& paths, RevisionFiles& holder);

}  // namespace trunkline::app
