// The parts of base/files.h that need no file system: names and walking.
#include <algorithm>

#include "base/files.h"

namespace trunkline {
namespace {

Result<void> Walk(const Files& files, const std::string& folder, const std::string& below,
                  const std::vector<std::string>& skip, std::vector<std::string>& found) {
  TL_TRY(const std::vector<FileEntry> entries, files.List(JoinPath(folder, below)));
  for (const FileEntry& entry : entries) {
    const std::string path = JoinPath(below, entry.name);
    if (!entry.is_folder) {
      found.push_back(path);
    } else if (!entry.is_link && std::find(skip.begin(), skip.end(), entry.name) == skip.end()) {
      TL_DO(Walk(files, folder, path, skip, found));
    }
  }
  return {};
}

}  // namespace

Result<std::vector<std::string>> ListRecursively(const Files& files, const std::string& folder,
                                                 const std::vector<std::string>& skip) {
  std::vector<std::string> found;
  TL_DO(Walk(files, folder, "", skip, found));
  std::sort(found.begin(), found.end());
  return found;
}

std::string JoinPath(std::string_view folder, std::string_view name) {
  if (folder.empty()) return std::string(name);
  if (name.empty()) return std::string(folder);
  std::string path(folder);
  if (path.back() != '/') path += '/';
  return path.append(name);
}

std::string FileName(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

std::string FolderName(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return std::string(slash == 0 ? "/" : path.substr(0, slash));
}

}  // namespace trunkline
