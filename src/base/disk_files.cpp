#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/system_error.h"

namespace trunkline {
namespace {

namespace fs = std::filesystem;

Error Refused(std::string_view doing, const std::string& path, int code) {
  return Error(SystemErrorKind(code), "cannot {} '{}': {}", doing, path, SystemReason(code));
}

// Closes on every way out.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

int WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = write(descriptor, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return 0;
}

// Fills the new file `name`; 0 or an errno.
int WriteTemporary(std::string& name, std::string_view bytes, int mode) {
  const Descriptor file(mkostemp(name.data(), O_CLOEXEC));
  if (file.number() < 0) return errno;
  if (const int code = WriteAll(file.number(), bytes); code != 0) return code;
  return fchmod(file.number(), static_cast<mode_t>(mode)) == 0 ? 0 : errno;
}

// The bytes stand under `path` at once, or the reason why not.
int Replace(const std::string& path, std::string_view bytes, int mode) {
  std::string temporary = path + ".new-XXXXXX";
  int code = WriteTemporary(temporary, bytes, mode);
  if (code == 0 && rename(temporary.c_str(), path.c_str()) != 0) code = errno;
  if (code != 0) unlink(temporary.c_str());
  return code;
}

}  // namespace

Result<std::string> DiskFiles::Read(const std::string& path) const {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) return Refused("read", path, errno);
  struct stat status {};
  if (fstat(file.number(), &status) != 0) return Refused("read", path, errno);
  if (S_ISDIR(status.st_mode))
    return Error(ErrorKind::kInvalid, "cannot read '{}': it is a folder", path);
  constexpr std::size_t kStep = 64U << 10U;
  // One byte more than the size tells the end without another round; devices and pipes have size 0.
  std::string bytes(static_cast<std::size_t>(status.st_size) + 1, '\0');
  std::size_t filled = 0;
  for (;;) {
    if (filled == bytes.size()) bytes.resize(bytes.size() + std::max(bytes.size() / 2, kStep));
    const ssize_t got = read(file.number(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Refused("read", path, errno);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

Result<void> DiskFiles::Write(const std::string& path, std::string_view bytes, int mode) {
  const std::string folder = FolderName(path);
  if (!IsFolder(folder)) TL_DO(MakeFolder(folder));
  if (IsFolder(path)) return Error(ErrorKind::kInvalid, "cannot write '{}': it is a folder", path);
  const int code = Replace(path, bytes, mode);
  if (code != 0) return Refused("write", path, code);
  return {};
}

Result<void> DiskFiles::Rewrite(const std::string& path, std::string_view bytes) {
  std::error_code error;
  const std::string itself = fs::canonical(path, error).string();
  if (error) return Refused("write", path, error.value());
  if (IsFolder(itself))
    return Error(ErrorKind::kInvalid, "cannot write '{}': it is a folder", path);
  struct stat status {};
  if (access(itself.c_str(), W_OK) != 0 || stat(itself.c_str(), &status) != 0)
    return Refused("write", path, errno);
  const int code = Replace(itself, bytes, static_cast<int>(status.st_mode & 07777U));
  if (code != 0) return Refused("write", path, code);
  return {};
}

bool DiskFiles::Exists(const std::string& path) const {
  struct stat status {};
  return stat(path.c_str(), &status) == 0;
}

bool DiskFiles::IsFolder(const std::string& path) const {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

Result<std::vector<FileEntry>> DiskFiles::List(const std::string& folder) const {
  std::error_code code;
  fs::directory_iterator at(folder, code);
  std::vector<FileEntry> entries;
  for (; !code && at != fs::directory_iterator(); at.increment(code)) {
    FileEntry entry{.name = at->path().filename().string()};
    struct stat status {};
    if (stat(at->path().c_str(), &status) == 0) {  // a dangling link stays an empty file
      entry.is_folder = S_ISDIR(status.st_mode);
      entry.executable = !entry.is_folder && (status.st_mode & S_IXUSR) != 0;
      entry.size = entry.is_folder ? 0 : static_cast<std::uint64_t>(status.st_size);
    }
    std::error_code ignored;
    entry.is_link = at->is_symlink(ignored);
    entries.push_back(std::move(entry));
  }
  if (code) return Refused("list folder", folder, code.value());
  std::sort(entries.begin(), entries.end(),
            [](const FileEntry& a, const FileEntry& b) { return a.name < b.name; });
  return entries;
}

Result<void> DiskFiles::MakeFolder(const std::string& path) {
  std::error_code code;
  fs::create_directories(path, code);
  if (code) return Refused("make folder", path, code.value());
  if (!IsFolder(path)) return Refused("make folder", path, ENOTDIR);
  return {};
}

Result<void> DiskFiles::Remove(const std::string& path) {
  std::error_code code;
  const std::uintmax_t removed = fs::remove_all(path, code);
  if (code) return Refused("remove", path, code.value());
  if (removed == 0) return Refused("remove", path, ENOENT);
  return {};
}

Result<void> DiskFiles::MakeLink(const std::string& path, const std::string& target) {
  const std::string folder = FolderName(path);
  if (!IsFolder(folder)) TL_DO(MakeFolder(folder));
  if (symlink(target.c_str(), path.c_str()) != 0) return Refused("link", path, errno);
  return {};
}

}  // namespace trunkline
