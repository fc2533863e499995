#include "app/webhook_replay.h"

#include "app/webhook_text.h"
#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/webhook_options.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--recorded",
     .value = "ID",
     .help = "instead of a file: a delivery that GitHub keeps, which sends it again"},
    {.name = "--now", .value = "", .help = "change the payload to say that it was pushed now"},
    {.name = "--event", .value = "NAME", .help = "the event (default push)"},
    {.name = "--delivery", .value = "ID", .help = "the delivery's id (default: a new one)"},
    kSecretFileOption,
    kUrlOption,
    kSecretOption,
    kRepositoryOption,
    kGithubApiOption,
    kFunctionOption,
    kStackOption,
    kFolderOption,
    kRegionOption,
    kToolingProfileOption,
    kEndpointOption,
};

Result<app::ReplayArgs> ReadArgs(const Arguments& arguments) {
  app::ReplayArgs args;
  const std::vector<std::string>& words = arguments.positionals;
  args.recorded = arguments.Get("--recorded");
  if (words.empty() == args.recorded.empty())
    return Error(ErrorKind::kInvalid,
                 "expected a file with a payload, or --recorded with a delivery that GitHub keeps");
  for (const std::string_view option : {"--now", "--event", "--delivery", "--secret-file"}) {
    if (!args.recorded.empty() && arguments.Has(option))
      return Error(ErrorKind::kInvalid,
                   "option '{}' is for files: GitHub sends a recorded delivery as it was", option);
  }
  args.sign.webhook = ReadWebhookArgs(arguments);
  if (!words.empty()) args.sign.file = words.front();
  args.sign.now = arguments.Has("--now");
  args.sign.event = arguments.Get("--event", args.sign.event);
  args.sign.delivery = arguments.Get("--delivery");
  args.sign.secret_file = arguments.Get("--secret-file");
  const bool nowhere = !args.sign.secret_file.empty() && args.sign.webhook.url.empty();
  if (nowhere)
    return Error(ErrorKind::kInvalid,
                 "with --secret-file no AWS is asked: say with --url where to send it");
  return args;
}

json::Object ToJson(const app::ReplayReport& report) {
  return {{"status", report.status}, {"delivery", report.delivery}, {"answer", report.answer}};
}

std::string ToText(const app::ReplayReport& report) {
  const std::string status = report.status == 0 ? "nothing yet: GitHub has not said what came of it"
                                                : std::to_string(report.status);
  return fmt::format("delivery {} was answered {}\n{}", report.delivery, status,
                     app::RoutedText(report.answer));
}

Exit RunWebhookReplay(World& world, const Arguments& arguments) {
  const Result<app::ReplayArgs> args = ReadArgs(arguments);
  if (!args) return Fail(world, arguments, args.error(), Exit::kUsage);
  app::AppWorld app_world = MakeAppWorld(world);
  const Result<app::ReplayReport> report = app::RunWebhookReplay(app_world, *args);
  if (!report) return Fail(world, arguments, report.error());
  world.out.Write(arguments.Has("--json") ? json::WritePretty(ToJson(*report)) : ToText(*report));
  return report->ok() ? Exit::kDone : Exit::kFailed;
}

}  // namespace

const Command kWebhookReplayCommand{
    .name = "webhook replay",
    .summary = "sends a signed payload to the router, or a recorded delivery again",
    .positionals = "[FILE]",
    .options = kOptions,
    .details =
        "The router takes a push once, and none older than three days: --now makes an old "
        "file a new push.\n"
        "A recorded delivery is sent by GitHub itself, byte by byte as it was (GITHUB_TOKEN "
        "as for 'webhook create').",
    .example = "trunkline webhook replay push.json --now",
    .run = RunWebhookReplay};

}  // namespace trunkline::cli
