#include "cloud/services/codebuild/packing.h"

#include <filesystem>

#include "base/files.h"

namespace trunkline::cloud::codebuild {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargest = 1ULL << 30U;

bool IsExecutable(const std::string& path) {
  std::error_code error;
  return (fs::status(path, error).permissions() & fs::perms::owner_exec) != fs::perms::none;
}

}  // namespace

Result<std::vector<ZipEntry>> PackFiles(const std::string& folder,
                                        const std::vector<std::string>& files,
                                        const PackOptions& options) {
  const DiskFiles disk;
  std::vector<ZipEntry> entries;
  std::uint64_t total = 0;
  for (const std::string& file : files) {
    const std::string path = JoinPath(folder, file);
    const std::string name = std::string(options.prefix) + file;
    std::error_code error;
    if (options.links && fs::is_symlink(path, error)) {
      entries.push_back(
          {.name = name, .bytes = fs::read_symlink(path, error).string(), .link = true});
      continue;
    }
    if (!fs::is_regular_file(path, error)) continue;  // a socket, a link that leads nowhere
    total += fs::file_size(path, error);
    if (!error && total > kLargest) {
      return Error(ErrorKind::kInvalid, "the files are larger than {} MB altogether",
                   kLargest >> 20U);
    }
    TL_TRY(std::string bytes, disk.Read(path));
    entries.push_back(
        {.name = name, .bytes = std::move(bytes), .mode = IsExecutable(path) ? 0755 : 0644});
  }
  return entries;
}

}  // namespace trunkline::cloud::codebuild
