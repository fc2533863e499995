#include "cli/cli.h"

#include <csignal>
#include <exception>

#include "base/system_error.h"
#include "cli/help.h"
#include "cli/list.h"
#include "cli/parse.h"
#include "cli/terminal.h"
#include "functions/runtime.h"

namespace trunkline::cli {

std::span<const Command* const> AllCommands() {
#define TL_COMMAND_ROW(name) &k##name##Command,
  static constexpr const Command* kRows[] = {TL_COMMANDS(TL_COMMAND_ROW)};
#undef TL_COMMAND_ROW
  return kRows;
}

int Run(World& world, const std::vector<std::string>& words) {
  const auto fail = [&](const Error& error, Exit exit) {
    world.err.Write(error.ToText() + "\n");
    return static_cast<int>(exit);
  };
  auto invocation = ParseArguments(AllCommands(), words);
  if (!invocation) return fail(invocation.error(), Exit::kUsage);
  if (invocation->command != nullptr)
    return static_cast<int>(invocation->command->run(world, invocation->arguments));
  auto help = HelpOn(AllCommands(), invocation->topic);
  if (!help) return fail(help.error(), Exit::kUsage);
  world.out.Write(*help);
  return 0;
}

int Main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  FillStandardDescriptors();
  SystemEnvironment environment;
  DiskFiles files;
  SystemClock clock;
  SystemRandom random;
  // As `bootstrap` of a Lambda function there is no command line, and the log is all there is to
  // see.
  const bool is_lambda = functions::IsLambda(environment);
  const Log::Level least = is_lambda ? Log::Level::kInfo : Log::Level::kWarning;
  DescriptorLog log(environment.Get("TRUNKLINE_DEBUG") ? Log::Level::kDebug : least);
  if (is_lambda) return functions::RunRuntime(environment, files, clock, random, log);
  DescriptorOutput out(1);
  DescriptorOutput err(2);
  StandardInput in;
  World world{.files = files,
              .environment = environment,
              .clock = clock,
              .random = random,
              .log = log,
              .out = out,
              .err = err,
              .in = in,
              .self = OwnPath(argv[0])};
  try {
    const int exit = Run(world, {argv + 1, argv + argc});
    if (out.failure() == 0) return exit;
    err.Write(fmt::format("error: cannot write the output: {}\n", SystemReason(out.failure())));
    return static_cast<int>(Exit::kFailed);
  } catch (const std::exception& bug) {
    err.Write(std::string("internal error: ") + bug.what() + "; please report this\n");
    return static_cast<int>(Exit::kFailed);
  }
}

}  // namespace trunkline::cli
