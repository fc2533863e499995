#include "cli/parse.h"

#include <algorithm>

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

bool IsHelp(std::string_view word) {
  return word == "--help" || word == "-h";
}

// Before "--", and wherever it stands: somebody who asks for help has not finished the line.
bool WantsHelp(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), std::find(words.begin(), words.end(), "--"), IsHelp);
}

bool LooksLikeOption(std::string_view word) {
  return word.size() > 1 && word.front() == '-' && !ToInt(word);
}

// Puts the words into their places: options by the row, "--name VALUE" or "--name=VALUE", and what
// follows "--" as it is.
class WordReader {
 public:
  WordReader(const Command& command, const std::vector<std::string>& words)
      : command_(command), options_(OptionsOf(command)), words_(words) {}

  Result<Arguments> Read() {
    while (next_ < words_.size()) {
      const std::string& word = words_[next_++];
      if (word == "--") break;
      if (LooksLikeOption(word)) {
        TL_DO(ReadOption(word));
      } else {
        arguments_.positionals.push_back(word);
      }
    }
    for (; next_ < words_.size(); ++next_) arguments_.positionals.push_back(words_[next_]);
    return std::move(arguments_);
  }

 private:
  Result<void> ReadOption(const std::string& word) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const auto option = std::find_if(options_.begin(), options_.end(),
                                     [&](const Option& one) { return one.name == name; });
    if (option == options_.end()) return UnknownOption(command_, name);
    const bool joined = equals != std::string::npos;
    if (!option->value.empty()) return ReadValue(*option, joined ? &word : nullptr, equals + 1);
    if (joined) {
      return Error(ErrorKind::kInvalid, "option '{}' takes no value but got '{}'", name, word);
    }
    arguments_.options[name] = {"true"};
    return {};
  }

  // `joined` is the whole word when the value stands in it, from `begin` on.
  Result<void> ReadValue(const Option& option, const std::string* joined, std::size_t begin) {
    if (joined == nullptr && (next_ >= words_.size() || words_[next_].starts_with("--"))) {
      return Error(ErrorKind::kInvalid, "option '{}' needs a value: '{} {}'{}", option.name,
                   option.name, option.value,
                   next_ < words_.size()
                       ? fmt::format(" ('{}={}' if that is the value)", option.name, words_[next_])
                       : "");
    }
    std::string value = joined != nullptr ? joined->substr(begin) : words_[next_++];
    arguments_.ordered.emplace_back(option.name, value);
    arguments_.options[std::string(option.name)].push_back(std::move(value));
    return {};
  }

  const Command& command_;
  const std::vector<Option> options_;
  const std::vector<std::string>& words_;
  std::size_t next_ = 0;
  Arguments arguments_;
};

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
  if (words.empty() || IsHelp(words[0])) return Invocation{};
  if (words[0] == "--version") return ParseArguments(commands, {"version"});
  if (words[0] == "help") {
    std::vector<std::string> rest(words.begin() + 1, words.end());
    return Invocation{.command = nullptr, .arguments = {}, .topic = Join(rest, " ")};
  }
  const Match match = FindCommand(commands, words);
  if (match.command == nullptr) {
    const bool group = IsGroup(commands, words[0]);
    if (group && (words.size() == 1 || IsHelp(words[1]))) {
      return Invocation{.command = nullptr, .arguments = {}, .topic = words[0]};
    }
    return UnknownCommand(commands, group ? words[0] + " " + words[1] : words[0]);
  }
  std::vector<std::string> rest(words.begin() + static_cast<std::ptrdiff_t>(match.words),
                                words.end());
  if (WantsHelp(rest)) {
    return Invocation{
        .command = nullptr, .arguments = {}, .topic = std::string(match.command->name)};
  }
  TL_TRY(Arguments arguments, WordReader(*match.command, rest).Read());
  TL_DO(CheckArguments(*match.command, arguments));
  return Invocation{.command = match.command, .arguments = std::move(arguments), .topic = {}};
}

}  // namespace trunkline::cli
