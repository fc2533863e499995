#include "cli/confirm.h"

#include "base/text.h"

namespace trunkline::cli {

Result<bool> Confirm(World& world, const Arguments& arguments, const std::string& question,
                     const std::string& word) {
  if (arguments.Has("--yes")) return true;
  if (!world.in.IsTerminal()) {
    return Error(
        ErrorKind::kInvalid,
        "this cannot be undone, and nobody can be asked: give --yes to do it all the same");
  }
  world.err.Write(fmt::format("{}\nType '{}' to go on: ", question, word));
  std::string line;
  if (!world.in.ReadLine(line)) return false;
  return Trim(line) == word;
}

}  // namespace trunkline::cli
