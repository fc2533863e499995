#include "cli/help.h"

#include <algorithm>

#include <fmt/format.h>

namespace trunkline::cli {
namespace {

std::string Row(std::string_view left, std::string_view right, std::size_t width) {
  return fmt::format("  {:<{}}  {}\n", left, width, right);
}

std::string Rows(std::span<const Command* const> commands, std::string_view group) {
  std::size_t width = 0;
  for (const Command* command : commands) width = std::max(width, command->name.size());
  std::string text;
  for (const Command* command : commands) {
    const bool in_group =
        group.empty() || command->name.substr(0, group.size() + 1) == std::string(group) + " ";
    if (in_group) text += Row(command->name, command->summary, width);
  }
  return text;
}

std::string Left(const Option& option) {
  return option.value.empty() ? std::string(option.name)
                              : fmt::format("{} {}", option.name, option.value);
}

std::string OptionRows(const Command& command) {
  std::vector<Option> options(command.options.begin(), command.options.end());
  options.insert(options.end(), std::begin(kCommonOptions), std::end(kCommonOptions));
  std::size_t width = 0;
  for (const Option& option : options) width = std::max(width, Left(option).size());
  std::string text;
  for (const Option& option : options) {
    std::string help(option.help);
    if (option.required) help += " (required)";
    if (option.repeated) help += " (may be repeated)";
    text += Row(Left(option), help, width);
  }
  return text;
}

}  // namespace

std::string HelpOfAll(std::span<const Command* const> commands) {
  return "trunkline delivers Amazon Connect contact centers from git, to AWS or to its own "
         "embedded cloud.\n"
         "\n"
         "usage: trunkline COMMAND [ARGUMENTS]\n"
         "\n" +
         Rows(commands, "") +
         "\n"
         "'trunkline COMMAND --help' shows a command's options and an example; 'trunkline demo' "
         "shows everything at work.\n";
}

std::string HelpOf(const Command& command) {
  std::string text =
      fmt::format("{}\n\nusage: trunkline {}{}{} [OPTIONS]\n\n", command.summary, command.name,
                  command.positionals.empty() ? "" : " ", command.positionals);
  if (!command.details.empty()) text += fmt::format("{}\n\n", command.details);
  return text + OptionRows(command) + fmt::format("\nexample:\n  {}\n", command.example);
}

Result<std::string> HelpOn(std::span<const Command* const> commands, std::string_view topic) {
  if (topic.empty()) return HelpOfAll(commands);
  for (const Command* command : commands) {
    if (command->name == topic) return HelpOf(*command);
  }
  const std::string rows = Rows(commands, topic);
  if (!rows.empty()) return fmt::format("usage: trunkline {} COMMAND\n\n{}", topic, rows);
  return Error(ErrorKind::kNotFound,
               "there is no help on '{}'; 'trunkline help' lists the commands", topic);
}

}  // namespace trunkline::cli
