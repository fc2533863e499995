#include "app/webhook_create.h"

#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/webhook_options.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    kRepositoryOption, kUrlOption,    kSecretOption, kGithubApiOption,      kFunctionOption,
    kStackOption,      kFolderOption, kRegionOption, kToolingProfileOption, kEndpointOption,
};

std::string ToText(const app::HookReport& report) {
  return fmt::format("{} hook {} of {}: pushes go to {}\n",
                     report.created ? "made" : "brought up to date", report.id, report.repository,
                     report.url);
}

json::Object ToJson(const app::HookReport& report) {
  return {{"id", report.id},
          {"repository", report.repository},
          {"url", report.url},
          {"created", report.created}};
}

Exit RunWebhookCreate(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const Result<app::HookReport> report =
      app::RunWebhookCreate(app_world, ReadWebhookArgs(arguments));
  if (!report) return Fail(world, arguments, report.error());
  world.out.Write(arguments.Has("--json") ? json::WritePretty(ToJson(*report)) : ToText(*report));
  return Exit::kDone;
}

}  // namespace

const Command kWebhookCreateCommand{
    .name = "webhook create",
    .summary = "makes GitHub's webhook for the router, or tells it the secret of now",
    .positionals = "",
    .options = kOptions,
    .details =
        "GITHUB_TOKEN is a token with write access to the repository's webhooks. The "
        "embedded cloud's GitHub needs none.",
    .example = "trunkline webhook create --repository acme/center",
    .run = RunWebhookCreate};

}  // namespace trunkline::cli
