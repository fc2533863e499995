#include "base/find_program.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

namespace trunkline {
namespace {

constexpr std::string_view kDefaultPath = "/usr/local/bin:/usr/bin:/bin";

bool IsProgram(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         access(path.c_str(), X_OK) == 0;
}

std::optional<std::string> FindOnPath(std::string_view name, std::string_view path) {
  if (name.empty()) return std::nullopt;
  if (name.find('/') != std::string_view::npos) {
    return IsProgram(std::string(name)) ? std::optional(std::string(name)) : std::nullopt;
  }
  for (const std::string_view folder : Split(path, ':')) {
    if (folder.empty()) continue;  // POSIX: the working folder; a trap more than a feature
    std::string candidate = std::string(folder) + "/" + std::string(name);
    if (IsProgram(candidate)) return candidate;
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> ProgramOf(const ProcessSpec& spec) {
  if (spec.arguments.empty())
    return Error(ErrorKind::kInvalid, "cannot start a program without a name");
  const std::string& name = spec.arguments.front();
  const auto set = spec.environment.find("PATH");
  const std::string_view path =
      set == spec.environment.end() ? kDefaultPath : std::string_view(set->second);
  // A relative path is looked up by the child, in its working folder.
  const bool relative = name.find('/') != std::string::npos && name.front() != '/';
  if (relative && !spec.folder.empty()) return name;
  std::optional<std::string> found = FindOnPath(name, path);
  if (found) return std::move(*found);
  if (name.find('/') == std::string::npos) {
    return Error(ErrorKind::kNotFound, "program '{}' is not on the PATH ({})", name, path);
  }
  const bool exists = access(name.c_str(), F_OK) == 0;
  if (exists) return Error(ErrorKind::kDenied, "'{}' is not an executable file", name);
  return Error(ErrorKind::kNotFound, "program '{}' does not exist", name);
}

std::optional<std::string> FindProgram(std::string_view name, const Environment& environment) {
  return FindOnPath(name, environment.GetOr("PATH", kDefaultPath));
}

}  // namespace trunkline
