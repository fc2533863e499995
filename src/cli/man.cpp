#include "base/json_write.h"
#include "cli/completion_scripts.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

Result<std::vector<std::string>> WritePages(Files& files, const std::string& folder) {
  std::vector<std::string> written{JoinPath(folder, "trunkline.1")};
  TL_DO(files.Write(written.front(), ManPage(AllCommands())));
  for (const Command* command : AllCommands()) {
    written.push_back(JoinPath(folder, ManPageName(*command)));
    TL_DO(files.Write(written.back(), ManPage(*command)));
  }
  return written;
}

Exit RunMan(World& world, const Arguments& arguments) {
  const std::string& folder = arguments.positionals.front();
  const Result<std::vector<std::string>> written = WritePages(world.files, folder);
  if (!written) return Fail(world, arguments, written.error());
  if (arguments.Has("--json")) {
    json::Array files;
    for (const std::string& file : *written) files.emplace_back(file);
    world.out.Write(json::WritePretty(json::Object{{"files", std::move(files)}}));
  } else {
    world.out.Write(fmt::format("{} pages in '{}'; read one with: man -l {}\n", written->size(),
                                folder, written->front()));
  }
  return Exit::kDone;
}

}  // namespace

const Command kManCommand{.name = "man",
                          .summary = "writes the man pages",
                          .positionals = "DIR",
                          .options = {},
                          .details = "One for the program and one for each command.",
                          .example = "trunkline man /usr/local/share/man/man1",
                          .run = RunMan};

}  // namespace trunkline::cli
