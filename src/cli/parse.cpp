#include "cli/parse.h"

#include <algorithm>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "base/text.h"

namespace trunkline::cli {
namespace {

std::string Group(std::string_view name) {
  return std::string(name.substr(0, name.find(' ')));
}

Error UnknownCommand(std::span<const Command* const> commands, const std::string& word) {
  std::vector<std::string> names;
  for (const Command* command : commands) {
    names.emplace_back(command->name);
    names.push_back(Group(command->name));
  }
  const auto nearest = Nearest(word, names);
  return Error(ErrorKind::kInvalid, "'{}' is not a command{}; 'trunkline help' lists them", word,
               nearest ? fmt::format(", did you mean '{}'?", *nearest) : "");
}

bool IsGroup(std::span<const Command* const> commands, const std::string& word) {
  return std::any_of(commands.begin(), commands.end(), [&](const Command* command) {
    return command->name.find(' ') != std::string_view::npos && Group(command->name) == word;
  });
}

struct Match {
  const Command* command = nullptr;
  std::size_t words = 0;  // how many words name it
};

Match FindCommand(std::span<const Command* const> commands, const std::vector<std::string>& words) {
  for (std::size_t count = 2; count >= 1; --count) {
    if (words.size() < count) continue;
    const std::string name = count == 2 ? words[0] + " " + words[1] : words[0];
    for (const Command* command : commands) {
      if (command->name == name) return {command, count};
    }
  }
  return {};
}

std::vector<Option> OptionsOf(const Command& command) {
  std::vector<Option> options(command.options.begin(), command.options.end());
  options.insert(options.end(), std::begin(kCommonOptions), std::end(kCommonOptions));
  return options;
}

Error UnknownOption(const Command& command, const std::string& word) {
  std::vector<std::string> names;
  for (const Option& option : OptionsOf(command)) names.emplace_back(option.name);
  const auto nearest = Nearest(word, names);
  return Error(ErrorKind::kInvalid,
               "'trunkline {}' has no option '{}'{}; see 'trunkline {} --help'", command.name, word,
               nearest ? fmt::format(", did you mean '{}'?", *nearest) : "", command.name);
}

// How many positionals a row takes: "DIR" 1..1, "[NUMBER]" 0..1, "PATH..." 1..n, "[PATH...]" 0..n.
struct Arity {
  std::size_t least = 0;
  std::size_t most = 0;
};

Arity ArityOf(std::string_view positionals) {
  Arity arity;
  for (const std::string_view word : Split(positionals, ' ')) {
    if (word.empty()) continue;
    if (word.front() != '[') ++arity.least;
    if (word.find("...") != std::string_view::npos) {
      arity.most = static_cast<std::size_t>(-1);
    } else if (arity.most != static_cast<std::size_t>(-1)) {
      ++arity.most;
    }
  }
  return arity;
}

Result<void> CheckArguments(const Command& command, const Arguments& arguments) {
  const Arity arity = ArityOf(command.positionals);
  if (arguments.positionals.size() > arity.most) {
    return Error(ErrorKind::kInvalid,
                 "'trunkline {}' does not take '{}'; see 'trunkline {} --help'", command.name,
                 arguments.positionals[arity.most], command.name);
  }
  if (arguments.positionals.size() < arity.least) {
    return Error(ErrorKind::kInvalid,
                 "expected '{}' after 'trunkline {}'; see 'trunkline {} --help'",
                 command.positionals, command.name, command.name);
  }
  for (const Option& option : command.options) {
    if (option.required && !arguments.Has(option.name)) {
      return Error(ErrorKind::kInvalid, "'trunkline {}' needs '{} {}'; see 'trunkline {} --help'",
                   command.name, option.name, option.value, command.name);
    }
    if (!option.repeated && arguments.All(option.name).size() > 1) {
      return Error(ErrorKind::kInvalid, "option '{}' is given more than once", option.name);
    }
  }
  return {};
}

// Every occurrence of an option with a value, as they came.
std::vector<std::pair<std::string, std::string>> InOrderGiven(
    const CLI::App& app, const std::map<std::string, std::vector<std::string>>& values) {
  std::vector<std::pair<std::string, std::string>> ordered;
  std::map<std::string, std::size_t> next;
  for (const CLI::Option* option : app.parse_order()) {
    const std::string name = option->get_name();
    const auto list = values.find(name);
    if (list == values.end() || next[name] >= list->second.size()) continue;
    ordered.emplace_back(name, list->second[next[name]++]);
  }
  return ordered;
}

// CLI11 splits the words; the rules about them are ours, from the row.
Result<Arguments> ParseWords(const Command& command, std::vector<std::string> words) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::map<std::string, std::vector<std::string>> values;
  std::map<std::string, bool> flags;
  for (const Option& option : OptionsOf(command)) {
    const std::string name(option.name);
    if (option.value.empty()) {
      app.add_flag(name, flags[name]);
    } else {
      app.add_option(name, values[name])
          ->expected(1)
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
  }
  std::reverse(words.begin(), words.end());  // CLI11 wants them so
  try {
    app.parse(words);
  } catch (const CLI::ArgumentMismatch& mismatch) {
    return Error(ErrorKind::kInvalid, "an option of 'trunkline {}' lacks its value: {}",
                 command.name, mismatch.what());
  } catch (const CLI::ParseError& problem) {
    return Error(ErrorKind::kInvalid, "{}", problem.what());
  }
  Arguments arguments;
  arguments.ordered = InOrderGiven(app, values);
  for (auto& [name, list] : values) {
    if (!list.empty()) arguments.options.emplace(name, std::move(list));
  }
  for (const auto& [name, given] : flags) {
    if (given) arguments.options[name] = {"true"};
  }
  for (std::string& word : app.remaining(false)) {
    if (word.size() > 1 && word.front() == '-' && !ToInt(word)) return UnknownOption(command, word);
    arguments.positionals.push_back(std::move(word));
  }
  return arguments;
}

}  // namespace

std::string Arguments::Get(std::string_view name, std::string_view fallback) const {
  const auto found = options.find(name);
  return found == options.end() ? std::string(fallback) : found->second.front();
}

std::vector<std::string> Arguments::All(std::string_view name) const {
  const auto found = options.find(name);
  return found == options.end() ? std::vector<std::string>() : found->second;
}

Result<Invocation> ParseArguments(std::span<const Command* const> commands,
                                  const std::vector<std::string>& words) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h") return Invocation{};
  if (words[0] == "--version") return ParseArguments(commands, {"version"});
  if (words[0] == "help") {
    std::vector<std::string> rest(words.begin() + 1, words.end());
    return Invocation{.command = nullptr, .arguments = {}, .topic = Join(rest, " ")};
  }
  const Match match = FindCommand(commands, words);
  if (match.command == nullptr) {
    const bool group = IsGroup(commands, words[0]);
    if (group && (words.size() == 1 || words[1] == "--help")) {
      return Invocation{.command = nullptr, .arguments = {}, .topic = words[0]};
    }
    return UnknownCommand(commands, group ? words[0] + " " + words[1] : words[0]);
  }
  std::vector<std::string> rest(words.begin() + static_cast<std::ptrdiff_t>(match.words),
                                words.end());
  if (std::find(rest.begin(), rest.end(), "--help") != rest.end()) {
    return Invocation{
        .command = nullptr, .arguments = {}, .topic = std::string(match.command->name)};
  }
  TL_TRY(Arguments arguments, ParseWords(*match.command, std::move(rest)));
  TL_DO(CheckArguments(*match.command, arguments));
  return Invocation{.command = match.command, .arguments = std::move(arguments), .topic = {}};
}

}  // namespace trunkline::cli
