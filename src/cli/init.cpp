#include "center/init.h"

#include "base/json_write.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

Exit RunInit(World& world, const Arguments& arguments) {
  const std::string& folder = arguments.positionals.front();
  const Result<std::vector<std::string>> written = center::WriteTemplate(world.files, folder);
  if (!written) return Fail(world, arguments, written.error());
  if (arguments.Has("--json")) {
    json::Array files;
    for (const std::string& file : *written) files.emplace_back(file);
    world.out.Write(
        json::WritePretty(json::Object{{"folder", folder}, {"files", std::move(files)}}));
    return Exit::kDone;
  }
  world.out.Write(
      fmt::format("{} files in '{}'.\n"
                  "Next:\n"
                  "  cd {}\n"
                  "  trunkline flow lint .\n"
                  "  trunkline up --ephemeral &                     # an AWS on this machine\n"
                  "  trunkline apply --env dev --endpoint-url http://127.0.0.1:4566\n"
                  "README.md in there says what stands where.\n",
                  written->size(), folder, folder));
  return Exit::kDone;
}

}  // namespace

const Command kInitCommand{.name = "init",
                           .summary = "writes a working center to start from: the ACME monorepo",
                           .positionals = "DIR",
                           .options = {},
                           .details =
                               "Flows, a bot in two languages, queues, hours and three "
                               "environments, in the workshop's layout.",
                           .example = "trunkline init my-center",
                           .run = RunInit};

}  // namespace trunkline::cli
