#include "base/private_mounts.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/files.h"
#include "base/subprocess.h"
#include "base/system_error.h"

namespace trunkline {
namespace {

namespace fs = std::filesystem;

// A folder with more than this is not rebuilt for a child.
constexpr std::size_t kMostEntries = 256;
constexpr std::chrono::seconds kTrialLimit{5};

// Writes a file of /proc, whole or not at all.
int WriteOnce(const char* path, const std::string& text) {
  const int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return errno;
  const ssize_t done = write(file, text.data(), text.size());
  const int code = done < 0 ? errno : 0;
  close(file);
  return code;
}

int Code(int result) {
  return result == 0 ? 0 : errno;
}

bool IsFolder(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

}  // namespace

Result<void> CanMountPrivately(const std::vector<PrivateMount>& mounts) {
  const ProcessSpec spec{
      .arguments = {"/bin/true"}, .environment = {}, .folder = "/", .input = {}, .mounts = mounts};
  TL_TRY(const ProcessOutput output, RunProcess(spec, kTrialLimit));
  if (output.exit_code == 0) return {};
  return Error(ErrorKind::kUnreached, "a child with mounts of its own ended with {}",
               output.exit_code);
}

Result<MountPlan> MountPlan::Make(const std::vector<PrivateMount>& mounts) {
  MountPlan plan;
  std::map<std::string, std::vector<PrivateMount>> by_folder;
  for (const PrivateMount& mount : mounts)
    by_folder[fs::path(mount.target).parent_path().string()].push_back(mount);
  for (const auto& [folder, inside] : by_folder) TL_DO(plan.Cover(folder, inside));
  if (geteuid() != 0) {
    plan.user_map_ = fmt::format("{0} {0} 1", geteuid());
    plan.group_map_ = fmt::format("{0} {0} 1", getegid());
  }
  return plan;
}

// The folder gets a new one over it, in which its entries and ours stand side by side. Its own are
// named relative to the working folder, which is the old one from then on.
Result<void> MountPlan::Cover(const std::string& folder, const std::vector<PrivateMount>& mounts) {
  if (folder == "/" || !IsFolder(folder))
    return Error(ErrorKind::kNotFound, "folder '{}' does not exist", folder);
  std::vector<std::string> present;
  std::error_code error;
  for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
       at.increment(error))
    present.push_back(at->path().filename().string());
  if (error || present.size() > kMostEntries)
    return Error(ErrorKind::kUnreached, "folder '{}' cannot be rebuilt for a child", folder);
  steps_.push_back({.what = Do::kEnter, .source = {}, .target = folder});
  steps_.push_back({.what = Do::kCover, .source = {}, .target = folder});
  for (const std::string& name : present) {
    const std::string place = JoinPath(folder, name);
    const bool ours = std::ranges::any_of(
        mounts, [&](const PrivateMount& mount) { return mount.target == place; });
    if (!ours) KeepEntry(folder, name);
  }
  for (const PrivateMount& mount : mounts) Bind(mount);
  return {};
}

void MountPlan::KeepEntry(const std::string& folder, const std::string& name) {
  const std::string path = JoinPath(folder, name);
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  if (fs::is_symlink(status)) {
    const std::string target = fs::read_symlink(path, error).string();
    steps_.push_back({.what = Do::kLink, .source = target, .target = path});
    return;
  }
  const Do made = fs::is_directory(status) ? Do::kFolder : Do::kFile;
  steps_.push_back({.what = made, .source = {}, .target = path});
  steps_.push_back({.what = Do::kBind, .source = name, .target = path});
}

void MountPlan::Bind(const PrivateMount& mount) {
  const Do made = IsFolder(mount.source) ? Do::kFolder : Do::kFile;
  steps_.push_back({.what = made, .source = {}, .target = mount.target});
  steps_.push_back({.what = Do::kBind, .source = mount.source, .target = mount.target});
  steps_.push_back({.what = Do::kProtect, .source = {}, .target = mount.target});
}

unsigned long MountPlan::namespaces() const {
  return user_map_.empty() ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER;
}

int MountPlan::MapIds() const {
  if (user_map_.empty()) return 0;
  // Who may not change groups may map his own.
  if (const int code = WriteOnce("/proc/self/setgroups", "deny"); code != 0) return code;
  if (const int code = WriteOnce("/proc/self/uid_map", user_map_); code != 0) return code;
  return WriteOnce("/proc/self/gid_map", group_map_);
}

int MountPlan::Carry(const Step& step) {
  const char* target = step.target.c_str();
  const char* source = step.source.c_str();
  switch (step.what) {
    case Do::kEnter:
      return Code(chdir(target));
    case Do::kCover:
      return Code(mount("tmpfs", target, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755"));
    case Do::kFolder:
      return Code(mkdir(target, 0755));
    case Do::kFile:
      return Code(mknod(target, S_IFREG | 0644, 0));
    case Do::kLink:
      return Code(symlink(source, target));
    case Do::kBind:
      return Code(mount(source, target, nullptr, MS_BIND | MS_REC, nullptr));
    case Do::kProtect: {
      // Kernels before 5.12 cannot; what they leave writable is the caller's own folder.
      mount_attr attributes{};
      attributes.attr_set = MOUNT_ATTR_RDONLY;
      syscall(SYS_mount_setattr, AT_FDCWD, target, 0, &attributes, sizeof(attributes));
      return 0;
    }
  }
  return EINVAL;
}

int MountPlan::Carry() const {
  if (const int code = MapIds(); code != 0) return code;
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return errno;
  for (const Step& step : steps_)
    if (const int code = Carry(step); code != 0) return code;
  return Code(chdir("/"));
}

}  // namespace trunkline
