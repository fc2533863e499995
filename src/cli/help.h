// The help texts, printed from the command table.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/command.h"

namespace trunkline::cli {

std::string HelpOfAll(std::span<const Command* const> commands);
std::string HelpOf(const Command& command);
// Of a command, a group ("flow"), or everything (empty). An unknown topic is kNotFound.
Result<std::string> HelpOn(std::span<const Command* const> commands, std::string_view topic);

}  // namespace trunkline::cli
