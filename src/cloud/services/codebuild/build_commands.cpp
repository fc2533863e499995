#include "cloud/services/codebuild/build_commands.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/files.h"
#include "base/subprocess.h"
#include "base/text.h"
#include "cloud/services/codebuild/readable.h"

namespace trunkline::cloud::codebuild {
namespace {

std::string Quote(std::string_view text) {
  return "'" + Replace(text, "'", "'\\''") + "'";
}

// What a shell can export.
bool IsName(std::string_view text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) == 0 &&
         std::ranges::all_of(text, [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
         });
}

bool IsBash(const BuildRun& run) {
  return FileName(run.spec.shell) == "bash";
}

// A variable that was unset must not come back, so the shell's own environment has next to nothing
// and the variables are in a file that every command reads and writes.
Result<void> WriteState(const BuildRun& run, std::map<std::string, std::string>& environment) {
  std::string exports;
  for (const auto& [name, value] : run.environment) {
    if (IsName(name)) {
      exports += fmt::format("export {}={}\n", name, Quote(value));
    } else {
      environment[name] = value;
    }
  }
  DiskFiles files;
  TL_DO(files.Write(run.Agent("env.sh"), exports, 0600));
  return files.Write(run.Agent("dir.txt"), run.source + "\n");
}

// Builtins of the shell only around the command: a program started for them costs more than most
// commands take.
std::string Script(const BuildRun& run, std::string_view command) {
  const std::string env = Quote(run.Agent("env.sh"));
  const std::string functions = Quote(run.Agent("functions.sh"));
  const std::string dir = Quote(run.Agent("dir.txt"));
  std::string script = fmt::format(
      "IFS= read -r CODEBUILD_DIR < {}\ncd \"$CODEBUILD_DIR\"\nunset CODEBUILD_DIR\n. {}\n", dir,
      env);
  if (IsBash(run)) script += fmt::format("[ ! -f {0} ] || . {0}\n", functions);
  script += fmt::format("CODEBUILD_BUILD_SUCCEEDING={}\nset -a\n{}\nCODEBUILD_LAST_EXIT=$?\n",
                        run.succeeding ? 1 : 0, command);
  script += fmt::format("export -p > {}\npwd > {}\n", env, dir);
  if (IsBash(run)) script += fmt::format("declare -f > {}\n", functions);
  return script + "exit $CODEBUILD_LAST_EXIT\n";
}

net::aw<std::optional<int>> RunScript(BuildRun* run, std::string text) {
  const std::string path = run->Agent("script.sh");
  if (const auto written = DiskFiles().Write(path, text, 0700); !written) {
    run->log->Note(written.error().message());
    co_return 1;
  }
  // Named before it is moved: g++ 12 destroys a closure that is made in a co_await twice.
  std::function<void()> flush = [run] { run->log->Flush(); };
  const std::optional<int> status = co_await run->shell->Run(path, std::move(flush));
  run->log->EndLine();
  co_return status;
}

// The output of a script that prints one text after the other into files of its own.
net::aw<std::vector<std::string>> ReadTexts(BuildRun* run, std::string script, std::size_t count) {
  std::vector<std::string> texts(count);
  if (!run->shell) co_return texts;
  co_await RunScript(run, fmt::format("cd \"$(cat {})\"\n. {}\n{}", Quote(run->Agent("dir.txt")),
                                      Quote(run->Agent("env.sh")), script));
  for (std::size_t i = 0; i < count; ++i) {
    const auto read = DiskFiles().Read(run->Agent(fmt::format("text{}", i)));
    if (read) texts[i] = Readable(*read);
  }
  co_return texts;
}

// One phase's commands or its finally block: the first that fails ends it.
net::aw<PhaseEnd> RunList(BuildRun* run, std::vector<std::string> commands) {
  for (const std::string& command : commands) {
    run->log->Note("Running command " + command);
    const std::optional<int> status = co_await RunCommand(run, command);
    if (!status) {
      co_return Failed("COMMAND_EXECUTION_ERROR",
                       fmt::format("Error while executing command: {}. Reason: the build's shell "
                                   "has ended",
                                   command));
    }
    if (*status == 0) continue;
    run->log->Note(
        fmt::format("Command did not exit successfully {} exit status {}", command, *status));
    co_return Failed(
        "COMMAND_EXECUTION_ERROR",
        fmt::format("Error while executing command: {}. Reason: exit status {}", command, *status));
  }
  co_return PhaseEnd();
}

}  // namespace

Result<void> StartShell(BuildRun& run) {
  std::map<std::string, std::string> environment{{"PATH", run.environment["PATH"]}};
  TL_DO(WriteState(run, environment));
  const std::string name = run.spec.shell.empty() ? "/bin/sh" : run.spec.shell;
  const std::optional<std::string> path = FindProgram(name, MapEnvironment(run.environment));
  if (!path) return Error(ErrorKind::kNotFound, "shell '{}' is not on this machine", name);
  BuildLog* log = run.log.get();
  BuildShell::Options options{.shell = *path,
                              .folder = run.source,
                              .environment = std::move(environment),
                              .output = [log](std::string_view bytes) { log->AddOutput(bytes); }};
  TL_TRY(run.shell, BuildShell::Start(run.context.loop(), std::move(options)));
  run.control->kill = [shell = run.shell.get()] { shell->Kill(); };
  return {};
}

net::aw<std::optional<int>> RunCommand(BuildRun* run, std::string command) {
  co_return co_await RunScript(run, Script(*run, command));
}

net::aw<std::vector<std::string>> Expand(BuildRun* run, std::vector<std::string> texts) {
  const bool plain = std::ranges::all_of(
      texts, [](const std::string& text) { return text.find_first_of("$`") == text.npos; });
  if (plain) co_return texts;
  std::string script;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string quoted = Replace(Replace(texts[i], "\\", "\\\\"), "\"", "\\\"");
    script += fmt::format("printf '%s' \"{}\" > {}\n", quoted,
                          Quote(run->Agent(fmt::format("text{}", i))));
  }
  co_return co_await ReadTexts(run, std::move(script), texts.size());
}

net::aw<std::vector<std::string>> ReadVariables(BuildRun* run, std::vector<std::string> names) {
  std::string script;
  for (std::size_t i = 0; i < names.size(); ++i) {
    script += fmt::format("printf '%s' \"{}\" > {}\n",
                          IsName(names[i]) ? "${" + names[i] + "-}" : std::string(),
                          Quote(run->Agent(fmt::format("text{}", i))));
  }
  co_return co_await ReadTexts(run, std::move(script), names.size());
}

net::aw<PhaseEnd> RunCommands(BuildRun* run, std::size_t phase) {
  const PhaseSpec& spec = run->spec.phases.at(phase);
  for (const auto& [runtime, version] : spec.runtime_versions) {
    run->log->Note(
        fmt::format("Runtime {} {} was selected: this cloud uses what is installed on its machine",
                    runtime, version));
  }
  PhaseEnd end = co_await RunList(run, spec.commands);
  if (run->ended() || spec.finally.empty()) co_return end;
  PhaseEnd last = co_await RunList(run, spec.finally);
  co_return end.ok() ? last : end;
}

}  // namespace trunkline::cloud::codebuild
