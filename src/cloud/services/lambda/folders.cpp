#include "cloud/services/lambda/folders.h"

#include <filesystem>

#include "base/files.h"
#include "base/zip.h"

namespace trunkline::cloud::lambda {
namespace {

namespace fs = std::filesystem;

}  // namespace

Result<void> MakeOnce(const std::string& folder, const std::string& unique,
                      const std::function<Result<void>(const std::string& temporary)>& fill) {
  std::error_code error;
  if (fs::exists(folder, error)) return {};
  const std::string temporary = folder + "." + unique;
  TL_DO(fill(temporary));
  fs::rename(temporary, folder, error);
  if (!error) return {};
  std::error_code ignored;
  fs::remove_all(temporary, ignored);
  if (fs::exists(folder, ignored)) return {};
  return Error(ErrorKind::kUnreached, "cannot make '{}': {}", folder, error.message());
}

Result<void> UnpackOnce(const std::vector<std::string>& zip_paths, const std::string& folder,
                        const std::string& unique) {
  return MakeOnce(folder, unique, [&](const std::string& temporary) -> Result<void> {
    DiskFiles files;
    for (const std::string& path : zip_paths) {
      TL_TRY(const std::string zip, files.Read(path));
      TL_DO(Unzip(zip, temporary, files));
    }
    return {};
  });
}

Result<void> MakeLanguageFolder(const std::string& folder, const std::string& unique,
                                const std::string& interpreter, const std::string& runtime) {
  return MakeOnce(folder, unique, [&](const std::string& temporary) -> Result<void> {
    DiskFiles files;
    TL_DO(files.MakeFolder(temporary + "/bin"));
    if (runtime.starts_with("nodejs")) return files.MakeLink(temporary + "/bin/node", interpreter);
    for (const std::string& name : {std::string("python"), std::string("python3"), runtime})
      TL_DO(files.MakeLink(temporary + "/bin/" + name, interpreter));
    return {};
  });
}

}  // namespace trunkline::cloud::lambda
