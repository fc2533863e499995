// The file system, passed in. DiskFiles is the real one, MemoryFiles its twin for tests.
//
// Paths use '/'. Relative paths are relative to the working folder. Errors name the path and the
// reason the operating system gave ("cannot write 'x': permission denied").
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace trunkline {

struct FileEntry {
  std::string name;         // without folder
  bool is_folder = false;   // or a link to one
  bool is_link = false;     // a symbolic link
  bool executable = false;  // by its owner; false for folders
  std::uint64_t size = 0;   // bytes; 0 for folders
};

class Files {
 public:
  virtual ~Files() = default;
  virtual Result<std::string> Read(const std::string& path) const = 0;
  // Replaces the file at once (temporary name, rename): a reader sees the old bytes or the new,
  // never half. Makes the folders that are missing. `mode` as chmod takes it.
  virtual Result<void> Write(const std::string& path, std::string_view bytes, int mode = 0644) = 0;
  // Replaces the bytes of a file that is there and leaves it what it is: its mode stays, a link
  // goes on to lead to it, and one that is not writable is refused.
  virtual Result<void> Rewrite(const std::string& path, std::string_view bytes) = 0;
  virtual bool Exists(const std::string& path) const = 0;
  virtual bool IsFolder(const std::string& path) const = 0;
  // Sorted by name; without "." and "..".
  virtual Result<std::vector<FileEntry>> List(const std::string& folder) const = 0;
  virtual Result<void> MakeFolder(
      const std::string& path) = 0;  // with parents; fine if it is there
  virtual Result<void> Remove(
      const std::string& path) = 0;  // a file, or a folder with everything in it
  // A new symbolic link; makes the folders that are missing. kConflict: there is something.
  virtual Result<void> MakeLink(const std::string& path, const std::string& target) = 0;
};

class DiskFiles final : public Files {
 public:
  Result<std::string> Read(const std::string& path) const override;
  Result<void> Write(const std::string& path, std::string_view bytes, int mode = 0644) override;
  Result<void> Rewrite(const std::string& path, std::string_view bytes) override;
  bool Exists(const std::string& path) const override;
  bool IsFolder(const std::string& path) const override;
  Result<std::vector<FileEntry>> List(const std::string& folder) const override;
  Result<void> MakeFolder(const std::string& path) override;
  Result<void> Remove(const std::string& path) override;
  Result<void> MakeLink(const std::string& path, const std::string& target) override;
};

class MemoryFiles final : public Files {
 public:
  MemoryFiles() = default;
  explicit MemoryFiles(const std::map<std::string, std::string>& files);  // path -> bytes
  MemoryFiles(std::initializer_list<std::pair<const std::string, std::string>> files)
      : MemoryFiles(std::map<std::string, std::string>(files)) {}
  Result<std::string> Read(const std::string& path) const override;
  Result<void> Write(const std::string& path, std::string_view bytes, int mode = 0644) override;
  Result<void> Rewrite(const std::string& path, std::string_view bytes) override;
  bool Exists(const std::string& path) const override;
  bool IsFolder(const std::string& path) const override;
  Result<std::vector<FileEntry>> List(const std::string& folder) const override;
  Result<void> MakeFolder(const std::string& path) override;
  Result<void> Remove(const std::string& path) override;
  Result<void> MakeLink(const std::string& path, const std::string& target) override;
  const std::map<std::string, std::string>& all() const { return files_; }  // path -> bytes

 private:
  std::map<std::string, std::string> files_;
  std::set<std::string> folders_;  // those made on their own; a file's folders are there with it
  std::set<std::string> executables_;
};

// Every file below `folder` (paths relative to it, sorted); folders named in `skip` and links to
// folders are not entered.
Result<std::vector<std::string>> ListRecursively(const Files& files, const std::string& folder,
                                                 const std::vector<std::string>& skip = {});
std::string JoinPath(std::string_view folder, std::string_view name);
std::string FileName(std::string_view path);    // behind the last '/'
std::string FolderName(std::string_view path);  // before the last '/', or "."

}  // namespace trunkline
