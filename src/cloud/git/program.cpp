#include "cloud/git/program.h"

#include <filesystem>
#include <utility>

#include "base/files.h"
#include "base/text.h"

namespace trunkline::cloud::git {
namespace {

// Repositories that belong to somebody else (a mounted folder) are served; git (2.35.2 and later)
// reads this from nowhere but the user's, the system's or the command's own configuration.
constexpr std::string_view kConfiguration =
    "[safe]\n\tdirectory = *\n"
    "[user]\n\tname = trunkline\n\temail = trunkline@127.0.0.1\n"
    "[init]\n\tdefaultBranch = main\n"
    "[protocol]\n\tallow = never\n"
    "[protocol \"file\"]\n\tallow = always\n"
    "[protocol \"http\"]\n\tallow = always\n";

// On the command line, because that outranks the repository's own configuration: nothing it names
// is run, nothing goes on in the background.
constexpr std::string_view kOverrides[] = {
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.sshCommand=false",
    "core.askPass=true",
    "core.pager=cat",
    "core.alternateRefsCommand=",
    "gc.auto=0",
    "receive.autogc=false",
    "maintenance.auto=false",
    "credential.helper=",
    "core.quotePath=false",
    "log.showSignature=false",
    "uploadpack.allowFilter=true",
    "uploadpack.allowAnySHA1InWant=true",
};

constexpr std::string_view kSystemPath = "/usr/local/bin:/usr/bin:/bin";

Result<std::map<std::string, std::string>> MakeEnvironment(const Engine& engine,
                                                           const GitCommand& command) {
  TL_TRY(const std::string folder, GitFolder(engine, "home"));
  const std::string configuration = FolderName(folder) + "/gitconfig";
  DiskFiles files;
  if (!files.Exists(configuration)) TL_DO(files.Write(configuration, kConfiguration));
  std::map<std::string, std::string> environment{
      {"PATH", engine.environment.GetOr("PATH", kSystemPath)},
      {"HOME", folder},
      {"XDG_CONFIG_HOME", folder},
      {"GIT_CONFIG_NOSYSTEM", "1"},
      {"GIT_CONFIG_GLOBAL", configuration},
      {"GIT_ATTR_NOSYSTEM", "1"},
      {"GIT_TERMINAL_PROMPT", "0"},
      {"GIT_OPTIONAL_LOCKS", "0"},
      {"LC_ALL", "C.UTF-8"},
      {"TZ", "UTC"}};
  if (!command.protocol.empty()) environment["GIT_PROTOCOL"] = command.protocol;
  return environment;
}

// "fatal: bad revision 'x'" -> "bad revision 'x'"; of several lines the one that says why.
std::string ReasonOf(const ProcessEnd& end) {
  std::string_view reason = Trim(end.err);
  for (const std::string_view line : Split(end.err, '\n')) {
    for (const std::string_view mark : {"fatal: ", "error: "}) {
      if (line.starts_with(mark)) return std::string(Trim(line.substr(mark.size())));
    }
  }
  if (reason.empty()) return fmt::format("exit code {}", end.exit_code);
  return std::string(reason.substr(0, reason.find('\n')));
}

}  // namespace

Result<std::string> GitFolder(const Engine& engine, const std::string& name) {
  // Absolute, because git runs in a working folder of its own.
  std::string folder = std::filesystem::absolute(JoinPath(engine.data_folder, "git/" + name));
  TL_DO(DiskFiles().MakeFolder(folder));
  return folder;
}

net::aw<Result<ProcessEnd>> StartGit(Engine& engine, GitCommand command) {
  TL_CO_TRY(auto environment, MakeEnvironment(engine, command));
  ProcessSpec spec{.arguments = {},
                   .environment = std::move(environment),
                   .folder = {},
                   .input = std::move(command.input)};
  spec.arguments.emplace_back("git");
  for (const std::string_view setting : kOverrides) {
    spec.arguments.emplace_back("-c");
    spec.arguments.emplace_back(setting);
  }
  if (!command.git_dir.empty()) spec.arguments.push_back("--git-dir=" + command.git_dir);
  if (!command.work_tree.empty()) spec.arguments.push_back("--work-tree=" + command.work_tree);
  for (std::string& argument : command.arguments) spec.arguments.push_back(std::move(argument));
  spec.folder = spec.environment.at("HOME");
  ProcessLimits limits{.time = command.time, .output = command.output, .on_output = {}};
  auto end = co_await RunToEnd(engine.loop, std::move(spec), std::move(limits));
  if (!end && end.error().kind() == ErrorKind::kNotFound) {
    co_return Error(ErrorKind::kNotFound,
                    "the program 'git' is not on the PATH of this cloud: install git and start "
                    "`trunkline up` again");
  }
  co_return end;
}

net::aw<Result<std::string>> RunGit(Engine& engine, GitCommand command) {
  const std::string name = command.arguments.front();
  const auto limit = command.time;
  auto end = co_await StartGit(engine, std::move(command));
  if (!end) co_return std::move(end).error();
  if (end->timed_out) {
    co_return Error(ErrorKind::kUnreached, "git {} did not end within {}", name,
                    ToDurationText(limit));
  }
  if (end->truncated)
    co_return Error(ErrorKind::kUnreached, "git {} printed more than is allowed", name);
  if (end->exit_code != 0) co_return Error(ErrorKind::kInvalid, "git {}: {}", name, ReasonOf(*end));
  co_return std::move(end->out);
}

}  // namespace trunkline::cloud::git
