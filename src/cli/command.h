// Command: one row of the command line. Parsing, --help, completions and spelling help all read the
// same row.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/world.h"

namespace trunkline::cli {

struct Option {
  std::string_view name;   // "--env"
  std::string_view value;  // "NAME"; empty: a flag
  std::string_view help;   // one line
  bool required = false;
  bool repeated = false;  // may be given more than once
};

// What was given, by the row: every name in here is one the command declared.
struct Arguments {
  std::map<std::string, std::vector<std::string>, std::less<>> options;
  std::vector<std::string> positionals;
  // Options with a value in the order they were given: {"--say", "sales"}.
  std::vector<std::pair<std::string, std::string>> ordered;

  bool Has(std::string_view name) const { return options.find(name) != options.end(); }
  std::string Get(std::string_view name, std::string_view fallback = {}) const;
  std::vector<std::string> All(std::string_view name) const;
};

enum class Exit { kDone = 0, kFailed = 1, kUsage = 2 };

struct Command {
  std::string_view name;         // "apply", or with a group: "flow lint"
  std::string_view summary;      // one line, what it does
  std::string_view positionals;  // "PATH...", "DIR", "[NUMBER]"; empty: none
  std::span<const Option> options;
  std::string_view details;  // more for --help; may be empty
  std::string_view example;  // a whole line that works
  Exit (*run)(World& world, const Arguments& arguments);
};

// The table, in the order help shows it.
std::span<const Command* const> AllCommands();

// Every command takes these.
inline constexpr Option kCommonOptions[] = {
    {.name = "--help", .value = "", .help = "show this help"},
    {.name = "--json", .value = "", .help = "print the result as JSON"},
};

}  // namespace trunkline::cli
