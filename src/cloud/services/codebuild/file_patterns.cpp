#include "cloud/services/codebuild/file_patterns.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fnmatch.h>

#include "base/text.h"

namespace trunkline::cloud::codebuild {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 100'000;

using Parts = std::vector<std::string_view>;

Parts PartsOf(std::string_view path) {
  Parts parts;
  for (const std::string_view part : Split(path, '/')) {
    if (!part.empty() && part != ".") parts.push_back(part);
  }
  return parts;
}

bool MatchesName(std::string_view name, std::string_view pattern) {
  return ::fnmatch(std::string(pattern).c_str(), std::string(name).c_str(), FNM_NOESCAPE) == 0;
}

// Row by row, as a table of what of the pattern is left: '**' costs no more than any other part.
bool MatchesParts(const Parts& path, const Parts& pattern) {
  std::vector<char> row(pattern.size() + 1, 0);
  row[0] = 1;
  for (std::size_t j = 0; j < pattern.size() && pattern[j] == "**"; ++j) row[j + 1] = 1;
  for (const std::string_view name : path) {
    std::vector<char> next(pattern.size() + 1, 0);
    for (std::size_t j = 0; j < pattern.size(); ++j) {
      if (pattern[j] == "**") {
        next[j + 1] = static_cast<char>(row[j + 1] != 0 || next[j] != 0);
      } else if (row[j] != 0 && MatchesName(name, pattern[j])) {
        next[j + 1] = 1;
      }
    }
    row = std::move(next);
  }
  return row.back() != 0;
}

bool LeadsOut(std::string_view pattern) {
  const std::vector<std::string_view> parts = Split(pattern, '/');
  return pattern.starts_with('/') || std::find(parts.begin(), parts.end(), "..") != parts.end();
}

std::vector<Parts> Usable(const std::vector<std::string>& patterns) {
  std::vector<Parts> usable;
  for (const std::string& pattern : patterns) {
    if (!LeadsOut(pattern)) usable.push_back(PartsOf(pattern));
  }
  return usable;
}

// Every file (or folder) below `folder`, by its path relative to it.
Result<void> Walk(const std::string& folder, bool folders, std::vector<std::string>& found) {
  std::error_code error;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    std::error_code gone;
    const bool is_folder = at->is_directory(gone);
    if (is_folder != folders) continue;
    if (found.size() >= kMostFiles) {
      return Error(ErrorKind::kInvalid, "there are more than {} files in '{}'", kMostFiles, folder);
    }
    found.push_back(at->path().lexically_relative(folder).generic_string());
  }
  std::sort(found.begin(), found.end());
  return {};
}

}  // namespace

bool MatchesPath(std::string_view path, std::string_view pattern) {
  return MatchesParts(PartsOf(path), PartsOf(pattern));
}

Result<std::vector<std::string>> FindFiles(const std::string& folder,
                                           const std::vector<std::string>& patterns,
                                           const std::vector<std::string>& excluded) {
  std::vector<std::string> all;
  TL_DO(Walk(folder, false, all));
  const std::vector<Parts> wanted = Usable(patterns);
  const std::vector<Parts> unwanted = Usable(excluded);
  std::vector<std::string> found;
  for (std::string& file : all) {
    const Parts path = PartsOf(file);
    const auto matches = [&path](const Parts& pattern) { return MatchesParts(path, pattern); };
    if (std::ranges::any_of(wanted, matches) && std::ranges::none_of(unwanted, matches))
      found.push_back(std::move(file));
  }
  return found;
}

Result<std::vector<std::string>> FindFolders(const std::string& folder,
                                             const std::string& pattern) {
  std::vector<std::string> found;
  if (LeadsOut(pattern)) return found;
  TL_DO(Walk(folder, true, found));
  std::erase_if(found, [&](const std::string& path) { return !MatchesPath(path, pattern); });
  return found;
}

}  // namespace trunkline::cloud::codebuild
