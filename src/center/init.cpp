#include "center/init.h"

#include <algorithm>
#include <string_view>

namespace trunkline::center {
namespace {

constexpr std::string_view kTemplate = "acme/";

Result<void> CheckEmpty(const Files& files, const std::string& folder) {
  if (folder.empty()) return Error(ErrorKind::kInvalid, "expected the name of a folder but got ''");
  if (!files.Exists(folder)) return {};
  if (!files.IsFolder(folder)) {
    return Error(ErrorKind::kConflict, "'{}' is a file, expected a new or empty folder", folder);
  }
  TL_TRY(const std::vector<FileEntry> entries, files.List(folder));
  const auto other =
      std::ranges::find_if(entries, [](const FileEntry& entry) { return entry.name != ".git"; });
  if (other == entries.end()) return {};
  return Error(ErrorKind::kConflict,
               "folder '{}' is not empty, it has '{}'; name a new or an empty folder", folder,
               other->name);
}

}  // namespace

Result<std::vector<std::string>> WriteTemplate(Files& files, const std::string& folder) {
  TL_DO(CheckEmpty(files, folder));
  std::vector<std::string> written;
  for (const EmbeddedFile& file : TemplateFiles()) {
    if (!file.name.starts_with(kTemplate)) continue;
    std::string path(file.name.substr(kTemplate.size()));
    TL_DO(files.Write(JoinPath(folder, path), file.bytes));
    written.push_back(std::move(path));
  }
  return written;
}

}  // namespace trunkline::center
