#include "cli/completion_scripts.h"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::cli {
namespace {

std::vector<Option> OptionsOf(const Command& command) {
  std::vector<Option> options(command.options.begin(), command.options.end());
  options.insert(options.end(), std::begin(kCommonOptions), std::end(kCommonOptions));
  return options;
}

std::string First(std::string_view name) {
  return std::string(name.substr(0, name.find(' ')));
}

std::string Second(std::string_view name) {
  const std::size_t blank = name.find(' ');
  return blank == std::string_view::npos ? std::string() : std::string(name.substr(blank + 1));
}

// First words, and for those of a group the second ones; "help" beside them.
std::map<std::string, std::vector<std::string>> WordsOf(std::span<const Command* const> commands) {
  std::map<std::string, std::vector<std::string>> words{{"help", {}}};
  for (const Command* command : commands) {
    std::vector<std::string>& seconds = words[First(command->name)];
    if (const std::string second = Second(command->name); !second.empty())
      seconds.push_back(second);
  }
  return words;
}

std::string FirstWords(std::span<const Command* const> commands) {
  std::vector<std::string> names;
  for (const auto& [name, seconds] : WordsOf(commands)) names.push_back(name);
  return Join(names, " ");
}

// Inside single quotes of a shell.
std::string Quoted(std::string_view text) {
  return "'" + Replace(text, "'", R"('\'')") + "'";
}

std::string OptionWords(const Command& command) {
  std::vector<std::string> names;
  for (const Option& option : OptionsOf(command)) names.emplace_back(option.name);
  return Join(names, " ");
}

}  // namespace

std::string BashCompletion(std::span<const Command* const> commands) {
  std::string text =
      "# bash completion of trunkline: source <(trunkline completion bash)\n"
      "_trunkline() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} words=() word\n"
      "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
      "    [[ $word == -* ]] || words+=(\"$word\")\n"
      "  done\n"
      "  local offered=''\n"
      "  case \"${words[0]:-} ${words[1]:-}\" in\n";
  for (const Command* command : commands) {
    const bool grouped = !Second(command->name).empty();
    text += fmt::format("    {}) offered={} ;;\n",
                        grouped ? Quoted(command->name) : Quoted(command->name) + "' '*",
                        Quoted(OptionWords(*command)));
  }
  for (const auto& [first, seconds] : WordsOf(commands)) {
    if (!seconds.empty())
      text += fmt::format("    {}' '*) offered={} ;;\n", Quoted(first), Quoted(Join(seconds, " ")));
  }
  text += fmt::format("    ' '*) offered={} ;;\n", Quoted(FirstWords(commands)));
  return text +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$offered\" -- \"$current\"))\n"
         "}\n"
         "complete -o default -F _trunkline trunkline\n";
}

std::string ZshCompletion(std::span<const Command* const> commands) {
  std::string text =
      "#compdef trunkline\n"
      "# zsh completion of trunkline: trunkline completion zsh > \"${fpath[1]}/_trunkline\"\n"
      "_trunkline() {\n"
      "  local -a offered words\n"
      "  words=(${${(@)words[2,CURRENT-1]}:#-*})\n"
      "  case \"${words[1]} ${words[2]}\" in\n";
  for (const Command* command : commands) {
    const bool grouped = !Second(command->name).empty();
    text += fmt::format("    {})\n      offered=(",
                        grouped ? Quoted(command->name) : Quoted(command->name) + "' '*");
    for (const Option& option : OptionsOf(*command)) {
      text += "\n        " +
              Quoted(fmt::format("{}:{}", option.name, Replace(option.help, ":", "\\:")));
    }
    text += ") ;;\n";
  }
  for (const auto& [first, seconds] : WordsOf(commands)) {
    if (!seconds.empty())
      text += fmt::format("    {}' '*) offered=({}) ;;\n", Quoted(first), Join(seconds, " "));
  }
  text += fmt::format("    ' '*) offered=({}) ;;\n", FirstWords(commands));
  return text +
         "  esac\n"
         "  _describe 'trunkline' offered || _files\n"
         "}\n"
         "compdef _trunkline trunkline\n";
}

std::string FishCompletion(std::span<const Command* const> commands) {
  std::string text =
      "# fish completion of trunkline: trunkline completion fish | source\n"
      "function __trunkline_is\n"
      "  set -l words (string match -v -- '-*' (commandline -opc)[2..])\n"
      "  test \"$words[1..\"(count $argv)\"]\" = \"$argv\"\n"
      "end\n"
      "function __trunkline_none\n"
      "  test (count (string match -v -- '-*' (commandline -opc)[2..])) -eq 0\n"
      "end\n";
  for (const auto& [first, seconds] : WordsOf(commands)) {
    text += fmt::format("complete -c trunkline -n __trunkline_none -a {}\n", first);
    for (const std::string& second : seconds)
      text += fmt::format("complete -c trunkline -n '__trunkline_is {}' -a {}\n", first, second);
  }
  for (const Command* command : commands) {
    for (const Option& option : OptionsOf(*command)) {
      text += fmt::format("complete -c trunkline -n '__trunkline_is {}' -l {} {}-d {}\n",
                          command->name, option.name.substr(2), option.value.empty() ? "" : "-r ",
                          Quoted(option.help));
    }
  }
  return text;
}

}  // namespace trunkline::cli
