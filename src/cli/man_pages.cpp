// Man pages from the command table.
#include <fmt/format.h>

#include "base/text.h"
#include "cli/completion_scripts.h"

namespace trunkline::cli {
namespace {

// A text of the man macros: backslashes, hyphens and a dot at the start mean something there.
std::string Roff(std::string_view text) {
  std::string escaped = Replace(Replace(text, "\\", "\\e"), "-", "\\-");
  if (escaped.starts_with('.') || escaped.starts_with('\'')) escaped.insert(0, "\\&");
  return escaped;
}

std::string Head(std::string_view name, std::string_view summary) {
  return fmt::format(
      ".TH \"{}\" 1 \"\" \"trunkline\" \"Trunkline\"\n"
      ".SH NAME\n{} \\- {}\n",
      ToUpper(name), Roff(name), Roff(summary));
}

std::string OptionItem(const Option& option) {
  std::string text = fmt::format(".TP\n\\fB{}\\fR", Roff(option.name));
  if (!option.value.empty()) text += fmt::format(" \\fI{}\\fR", Roff(option.value));
  return text + fmt::format("\n{}{}{}\n", Roff(option.help), option.required ? " (required)" : "",
                            option.repeated ? " (may be repeated)" : "");
}

std::string PageOf(const Command& command) {
  return "trunkline-" + Replace(command.name, " ", "-");
}

}  // namespace

std::string ManPageName(const Command& command) {
  return PageOf(command) + ".1";
}

std::string ManPage(const Command& command) {
  std::string text = Head(PageOf(command), command.summary);
  text +=
      fmt::format(".SH SYNOPSIS\n\\fBtrunkline {}\\fR{}{} [\\fIOPTIONS\\fR]\n", Roff(command.name),
                  command.positionals.empty() ? "" : " ", Roff(command.positionals));
  if (!command.details.empty()) {
    text += ".SH DESCRIPTION\n";
    for (const std::string_view line : Split(command.details, '\n'))
      text += line.empty() ? ".PP\n" : Roff(line) + "\n";
  }
  text += ".SH OPTIONS\n";
  for (const Option& option : command.options) text += OptionItem(option);
  for (const Option& option : kCommonOptions) text += OptionItem(option);
  text += fmt::format(".SH EXAMPLE\n.nf\n{}\n.fi\n", Roff(command.example));
  return text +
         ".SH EXIT STATUS\n0: done. 1: it found problems, or failed. 2: it was used wrongly.\n"
         ".SH SEE ALSO\n\\fBtrunkline\\fR(1)\n";
}

std::string ManPage(std::span<const Command* const> commands) {
  std::string text =
      Head("trunkline", "continuous delivery for Amazon Connect contact centers, from git");
  text += ".SH SYNOPSIS\n\\fBtrunkline\\fR \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]\n.SH COMMANDS\n";
  for (const Command* command : commands) {
    text += fmt::format(".TP\n\\fBtrunkline {}\\fR(1)\n{}\n", Roff(command->name),
                        Roff(command->summary));
  }
  return text;
}

}  // namespace trunkline::cli
