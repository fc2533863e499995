#include "cli/list.h"

namespace trunkline::cli {
namespace {

Exit RunVersion(World& world, const Arguments& arguments) {
  world.out.Write(arguments.Has("--json") ? "{\"version\": \"" TRUNKLINE_VERSION "\"}\n"
                                          : "trunkline " TRUNKLINE_VERSION "\n");
  return Exit::kDone;
}

}  // namespace

const Command kVersionCommand{.name = "version",
                              .summary = "prints the version",
                              .positionals = "",
                              .options = {},
                              .details = "",
                              .example = "trunkline version",
                              .run = RunVersion};

}  // namespace trunkline::cli
