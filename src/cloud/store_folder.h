// The folder of the state on disk: made when missing, and locked, so that two clouds never share
// one.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"

namespace trunkline::cloud {

// Holds the lock for as long as it lives; the operating system lets go of it when the process dies.
class FolderLock {
 public:
  // Makes the folder (with parents, for its owner only). kConflict: another process has it, named
  // by its number.
  static Result<FolderLock> Take(const std::string& folder);
  FolderLock() = default;
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;
  ~FolderLock();

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

// A temporary folder of this process, removed with everything in it at the end. Those that a killed
// process left behind are removed when the next one is made.
class PrivateFolder {
 public:
  static Result<PrivateFolder> Make();
  PrivateFolder() = default;
  PrivateFolder(PrivateFolder&& other) noexcept = default;
  PrivateFolder& operator=(PrivateFolder&& other) noexcept;
  ~PrivateFolder();
  const std::string& path() const { return path_; }  // empty: none

 private:
  PrivateFolder(std::string path, FolderLock lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}
  std::string path_;
  FolderLock lock_;
};

// "permission denied", "no space left on device": the reason the operating system gave, as our
// messages have it.
std::string ReasonText(int error_number);

}  // namespace trunkline::cloud
