#include "app/webhook_secret.h"

#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/webhook_options.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--rotate", .value = "", .help = "set a new, random secret"},
    {.name = "--show", .value = "", .help = "print the secret's value, too"},
    kSecretOption,
    kFunctionOption,
    kFolderOption,
    kRegionOption,
    kToolingProfileOption,
    kEndpointOption,
};

json::Object ToJson(const app::SecretReport& report) {
  json::Object object{
      {"arn", report.arn}, {"changed", ToIso8601(report.changed)}, {"rotated", report.rotated}};
  object.SetIfNotEmpty("value", report.value);
  return object;
}

std::string ToText(const app::SecretReport& report) {
  std::string text =
      fmt::format("secret   {}\nchanged  {}\n", report.arn, ToIso8601(report.changed));
  if (!report.value.empty()) text += fmt::format("value    {}\n", report.value);
  if (report.rotated)
    text +=
        "The one before is taken for another hour: tell GitHub the new one with 'trunkline webhook "
        "create'.\n";
  return text;
}

Exit RunWebhookSecret(World& world, const Arguments& arguments) {
  const app::SecretArgs args{.webhook = ReadWebhookArgs(arguments),
                             .rotate = arguments.Has("--rotate"),
                             .show = arguments.Has("--show")};
  app::AppWorld app_world = MakeAppWorld(world);
  const Result<app::SecretReport> report = app::RunWebhookSecret(app_world, args);
  if (!report) return Fail(world, arguments, report.error());
  world.out.Write(arguments.Has("--json") ? json::WritePretty(ToJson(*report)) : ToText(*report));
  return Exit::kDone;
}

}  // namespace

const Command kWebhookSecretCommand{
    .name = "webhook secret",
    .summary = "shows where the webhook's secret is, or sets a new one",
    .positionals = "",
    .options = kOptions,
    .details =
        "The value is printed with --show only. After --rotate the router takes both, the "
        "new one and the one before,\n"
        "for an hour; rotating twice ends that at once.",
    .example = "trunkline webhook secret --rotate",
    .run = RunWebhookSecret};

}  // namespace trunkline::cli
