#include "cli/test_watch.h"

#include <set>

#include "app/lint_home.h"

namespace trunkline::cli {
namespace {

constexpr std::string_view kClear = "\x1b[H\x1b[2J\x1b[3J";
constexpr std::string_view kWaiting = "waiting for changes (Ctrl-C ends)\n";

}  // namespace

std::vector<std::string> WatchedFolders(const Files& files, const std::vector<std::string>& paths) {
  std::set<std::string> folders;
  for (const std::string& path : paths.empty() ? std::vector<std::string>{"."} : paths) {
    const std::string folder = files.IsFolder(path) ? path : FolderName(path);
    folders.insert(app::FindMonorepo(files, folder).value_or(folder));
  }
  return {folders.begin(), folders.end()};
}

Exit RunOnChange(World& world, Changes& changes, const std::function<Exit()>& run) {
  Exit last = run();
  world.err.Write(kWaiting);
  while (changes.Wait()) {
    if (world.out.IsTerminal()) world.out.Write(kClear);
    last = run();
    world.err.Write(kWaiting);
  }
  return last;
}

}  // namespace trunkline::cli
