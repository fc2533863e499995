#include <cerrno>
#include <filesystem>

#include "base/files.h"
#include "base/system_error.h"

namespace trunkline {
namespace {

Error Refused(std::string_view doing, const std::string& path, int code) {
  return Error(SystemErrorKind(code), "cannot {} '{}': {}", doing, path, SystemReason(code));
}

// "./a//b/" and "a/b" name the same file; the working folder is "".
std::string Normal(const std::string& path) {
  std::string normal = std::filesystem::path(path).lexically_normal().string();
  while (normal.size() > 1 && normal.back() == '/') normal.pop_back();
  return normal == "." ? "" : normal;
}

// What every path below `folder` starts with.
std::string PrefixOf(const std::string& folder) {
  if (folder.empty() || folder.back() == '/') return folder;
  return folder + "/";
}

}  // namespace

MemoryFiles::MemoryFiles(const std::map<std::string, std::string>& files) {
  for (const auto& [path, bytes] : files) files_[Normal(path)] = bytes;
}

Result<std::string> MemoryFiles::Read(const std::string& path) const {
  const auto found = files_.find(Normal(path));
  if (found != files_.end()) return found->second;
  if (IsFolder(path)) return Error(ErrorKind::kInvalid, "cannot read '{}': it is a folder", path);
  return Refused("read", path, ENOENT);
}

Result<void> MemoryFiles::Write(const std::string& path, std::string_view bytes, int mode) {
  if (IsFolder(path)) return Error(ErrorKind::kInvalid, "cannot write '{}': it is a folder", path);
  const std::string folder = FolderName(Normal(path));
  if (folder != "." && folder != "/") TL_DO(MakeFolder(folder));
  files_[Normal(path)] = bytes;
  if ((mode & 0100) != 0) {
    executables_.insert(Normal(path));
  } else {
    executables_.erase(Normal(path));
  }
  return {};
}

Result<void> MemoryFiles::Rewrite(const std::string& path, std::string_view bytes) {
  if (IsFolder(path)) return Error(ErrorKind::kInvalid, "cannot write '{}': it is a folder", path);
  const auto found = files_.find(Normal(path));
  if (found == files_.end()) return Refused("write", path, ENOENT);
  found->second = bytes;
  return {};
}

bool MemoryFiles::Exists(const std::string& path) const {
  return files_.contains(Normal(path)) || IsFolder(path);
}

bool MemoryFiles::IsFolder(const std::string& path) const {
  const std::string normal = Normal(path);
  if (normal.empty() || normal == "/" || folders_.contains(normal)) return true;
  const auto below = files_.lower_bound(PrefixOf(normal));
  return below != files_.end() && below->first.starts_with(PrefixOf(normal));
}

Result<std::vector<FileEntry>> MemoryFiles::List(const std::string& folder) const {
  const std::string normal = Normal(folder);
  if (files_.contains(normal)) return Refused("list folder", folder, ENOTDIR);
  if (!IsFolder(folder)) return Refused("list folder", folder, ENOENT);
  const std::string prefix = PrefixOf(normal);
  std::map<std::string, FileEntry> entries;
  const auto add = [&](const std::string& path, const std::string* bytes) {
    if (!path.starts_with(prefix) || path.size() == prefix.size()) return;
    if (prefix.empty() && path.front() == '/') return;  // the working folder does not hold the root
    const std::string rest = path.substr(prefix.size());
    const std::string name = rest.substr(0, rest.find('/'));
    FileEntry& entry = entries[name];
    entry.name = name;
    entry.is_folder = bytes == nullptr || name.size() < rest.size();
    if (entry.is_folder) return;
    entry.executable = executables_.contains(path);
    entry.size = bytes->size();
  };
  for (const auto& [path, bytes] : files_) add(path, &bytes);
  for (const std::string& path : folders_) add(path, nullptr);
  std::vector<FileEntry> list;
  list.reserve(entries.size());
  for (auto& [name, entry] : entries) list.push_back(std::move(entry));
  return list;
}

Result<void> MemoryFiles::MakeFolder(const std::string& path) {
  std::string folder = Normal(path);
  for (std::string at = folder; !at.empty() && at != "." && at != "/"; at = FolderName(at)) {
    if (files_.contains(at)) return Refused("make folder", path, ENOTDIR);
    folders_.insert(at);
  }
  return {};
}

Result<void> MemoryFiles::Remove(const std::string& path) {
  if (!Exists(path)) return Refused("remove", path, ENOENT);
  const std::string normal = Normal(path);
  const auto is_below = [&](const std::string& name) {
    return name == normal || name.starts_with(PrefixOf(normal));
  };
  std::erase_if(files_, [&](const auto& file) { return is_below(file.first); });
  std::erase_if(folders_, is_below);
  std::erase_if(executables_, is_below);
  return {};
}

// Nothing that is tested in memory needs links.
Result<void> MemoryFiles::MakeLink(const std::string& path, const std::string& /*target*/) {
  return Refused("link", path, ENOTSUP);
}

}  // namespace trunkline
