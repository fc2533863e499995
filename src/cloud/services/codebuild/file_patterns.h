// Which files a pattern of a buildspec means: '*' and '?' within a name, '**' for any number of
// folders, [abc] for one of several characters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace trunkline::cloud::codebuild {

// Whether a path matches: both with '/', relative.
bool MatchesPath(std::string_view path, std::string_view pattern);

// Files below `folder` (paths relative to it, sorted) that match one of `patterns` and none of
// `excluded`. A pattern may begin with "./". One that begins with '/' or leads out of the folder
// finds nothing. Links to folders are not entered. Error: more than 100 000 files.
Result<std::vector<std::string>> FindFiles(const std::string& folder,
                                           const std::vector<std::string>& patterns,
                                           const std::vector<std::string>& excluded);

// Folders below `folder` that match, sorted.
Result<std::vector<std::string>> FindFolders(const std::string& folder, const std::string& pattern);

}  // namespace trunkline::cloud::codebuild
