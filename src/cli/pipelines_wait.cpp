#include "app/pipelines_wait.h"

#include "base/text.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/pipelines_command.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--env", .value = "NAME", .help = "the environment", .required = true},
    {.name = "--project",
     .value = "PROJECT",
     .help = "whose turn it is, such as contact-flows",
     .required = true},
    {.name = "--commit", .value = "SHA", .help = "the commit", .required = true},
    {.name = "--minutes", .value = "N", .help = "at most this long (default 30)"},
    kFolderOption,
    kToolingProfileOption,
    kEndpointOption,
};

Exit RunPipelinesWait(World& world, const Arguments& arguments) {
  constexpr int kLongest = 2160;  // as long as a build may take
  const std::string text = arguments.Get("--minutes", "30");
  const auto minutes = ToInt(text);
  if (!minutes || *minutes < 1 || *minutes > kLongest) {
    return Fail(
        world, arguments,
        Error(ErrorKind::kInvalid, "expected --minutes from 1 to {} but got '{}'", kLongest, text),
        Exit::kUsage);
  }
  app::AppWorld app_world = MakeAppWorld(world);
  const Result<void> waited =
      app::WaitForPrerequisites(app_world, ToolingArgsOf(arguments),
                                {.environment = arguments.Get("--env"),
                                 .project = arguments.Get("--project"),
                                 .commit = arguments.Get("--commit"),
                                 .limit = std::chrono::minutes(*minutes)},
                                [&](const std::string& line) { world.err.Write(line + "\n"); });
  if (!waited) return Fail(world, arguments, waited.error());
  if (arguments.Has("--json")) world.out.Write("{\"ready\": true}\n");
  return Exit::kDone;
}

}  // namespace

const Command kPipelinesWaitCommand{
    .name = "pipelines wait",
    .summary = "waits for what the same commit delivers before",
    .positionals = "",
    .options = kOptions,
    .details =
        "A step of the pipelines: flows need the instance, the bots and the functions, and one "
        "push may bring all of them. Fails when one of them failed for this commit.",
    .example = "trunkline pipelines wait --env dev --project contact-flows --commit 1a2b3c4",
    .run = RunPipelinesWait};

}  // namespace trunkline::cli
