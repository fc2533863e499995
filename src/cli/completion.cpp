#include "base/json_write.h"
#include "cli/completion_scripts.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

Exit RunCompletion(World& world, const Arguments& arguments) {
  const std::string& shell = arguments.positionals.front();
  std::string script;
  if (shell == "bash") {
    script = BashCompletion(AllCommands());
  } else if (shell == "zsh") {
    script = ZshCompletion(AllCommands());
  } else if (shell == "fish") {
    script = FishCompletion(AllCommands());
  } else {
    return Fail(world, arguments,
                Error(ErrorKind::kInvalid, "expected bash, zsh or fish but got '{}'", shell),
                Exit::kUsage);
  }
  world.out.Write(arguments.Has("--json")
                      ? json::WritePretty(json::Object{{"shell", shell}, {"script", script}})
                      : script);
  return Exit::kDone;
}

}  // namespace

const Command kCompletionCommand{
    .name = "completion",
    .summary = "prints a shell's completion script",
    .positionals = "SHELL",
    .options = {},
    .details =
        "SHELL is bash, zsh or fish. For bash: source <(trunkline completion bash); for "
        "zsh, into a folder of fpath as _trunkline; for fish: trunkline completion fish | "
        "source.",
    .example = "trunkline completion bash > /etc/bash_completion.d/trunkline",
    .run = RunCompletion};

}  // namespace trunkline::cli
