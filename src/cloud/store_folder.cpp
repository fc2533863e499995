#include "cloud/store_folder.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

namespace trunkline::cloud {
namespace {

Error CannotUse(const std::string& folder, int error_number) {
  const ErrorKind kind =
      error_number == EACCES || error_number == EPERM ? ErrorKind::kDenied : ErrorKind::kUnreached;
  return Error(kind, "cannot use '{}' for the cloud's state: {}; choose another --data", folder,
               ReasonText(error_number));
}

Result<void> MakeFolder(const std::string& folder) {
  const mode_t before = umask(0077);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  umask(before);
  if (error) return CannotUse(folder, error.value());
  return {};
}

std::string ReadOwner(int descriptor) {
  std::array<char, 32> text{};
  const ssize_t length = pread(descriptor, text.data(), text.size(), 0);
  if (length <= 0) return "?";
  return std::string(Trim(std::string_view(text.data(), static_cast<std::size_t>(length))));
}

constexpr std::string_view kPrivatePrefix = "trunkline-state-";
// A folder this young may belong to a process that is about to lock it.
constexpr auto kStaleAfter = std::chrono::minutes(1);

bool IsStale(const std::filesystem::path& folder) {
  std::error_code error;
  const std::string lock = (folder / "lock").string();
  const auto written = std::filesystem::last_write_time(lock, error);
  if (error || std::filesystem::file_time_type::clock::now() - written < kStaleAfter) return false;
  const int descriptor = open(lock.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool free = flock(descriptor, LOCK_EX | LOCK_NB) == 0;
  close(descriptor);
  return free;
}

void RemoveStale(const std::filesystem::path& parent) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(parent, error)) {
    if (!entry.path().filename().string().starts_with(kPrivatePrefix) || !IsStale(entry.path()))
      continue;
    std::error_code ignored;  // somebody else may be removing it too
    std::filesystem::remove_all(entry.path(), ignored);
  }
}

}  // namespace

Result<PrivateFolder> PrivateFolder::Make() {
  std::error_code error;
  const auto parent = std::filesystem::temp_directory_path(error);
  if (error) {
    return Error(
        ErrorKind::kInvalid,
        "cannot make a folder for the cloud's state: TMPDIR does not name a folder that is "
        "there; set it to one, or keep the state in one with --data");
  }
  RemoveStale(parent);
  std::string path = (parent / kPrivatePrefix).string() + "XXXXXX";
  if (mkdtemp(path.data()) == nullptr) return CannotUse(parent.string(), errno);
  TL_TRY(FolderLock lock, FolderLock::Take(path));
  return PrivateFolder(std::move(path), std::move(lock));
}

PrivateFolder& PrivateFolder::operator=(PrivateFolder&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(lock_, other.lock_);
  return *this;
}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

std::string ReasonText(int error_number) {
  std::string text = std::generic_category().message(error_number);
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

Result<FolderLock> FolderLock::Take(const std::string& folder) {
  TL_DO(MakeFolder(folder));
  const std::string path = folder + "/lock";
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return CannotUse(folder, errno);
  FolderLock lock(descriptor);
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return CannotUse(folder, errno);
    return Error(ErrorKind::kConflict,
                 "'{}' is in use by another cloud (process {}): stop it, or choose another --data",
                 folder, ReadOwner(descriptor));
  }
  const std::string owner = std::to_string(getpid()) + "\n";
  if (ftruncate(descriptor, 0) != 0 ||
      pwrite(descriptor, owner.data(), owner.size(), 0) != static_cast<ssize_t>(owner.size())) {
    return CannotUse(folder, errno);
  }
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace trunkline::cloud
