// argv -> command and arguments, by the table.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command.h"

namespace trunkline::cli {

struct Invocation {
  const Command* command = nullptr;  // nullptr: help for `topic`
  Arguments arguments;
  std::string topic;  // a command's name, a group's, or empty for all
};

// Errors are kInvalid: what is wrong, the nearest right word, and where help is.
Result<Invocation> ParseArguments(std::span<const Command* const> commands,
                                  const std::vector<std::string>& words);

}  // namespace trunkline::cli
