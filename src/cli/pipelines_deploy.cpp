#include "app/bootstrap.h"
#include "cli/app_world.h"
#include "cli/bootstrap_report.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/pipelines_command.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    kFolderOption,
    kToolingProfileOption,
    kEndpointOption,
};

std::string Next(const app::BootstrapReport& report) {
  const auto url = report.outputs.find("PayloadUrl");
  if (url == report.outputs.end())
    return "The pipelines are deployed; pushes start them by their own triggers.\n";
  return fmt::format(
      "The pipelines are deployed. Webhook: {}\n"
      "Next: trunkline webhook create, then push\n",
      url->second);
}

Exit RunPipelinesDeploy(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const Result<app::BootstrapReport> report =
      app::DeployPipelines(app_world,
                           {.folder = arguments.Get("--folder", "."),
                            .endpoint_url = arguments.Get("--endpoint-url"),
                            .profile = arguments.Get("--profile"),
                            .environments = {},
                            .profiles = {}},
                           [&](const std::string& line) { world.err.Write("  " + line + "\n"); });
  if (!report) return Fail(world, arguments, report.error());
  return PrintBootstrap(world, arguments, *report, Next(*report));
}

}  // namespace

const Command kPipelinesDeployCommand{
    .name = "pipelines deploy",
    .summary = "deploys the pipelines, the webhook and the router to the tooling account",
    .positionals = "",
    .options = kOptions,
    .details =
        "After 'trunkline bootstrap'. Later the pipelines update themselves when "
        "amzconnect-devops-pipelines changes.",
    .example = "trunkline pipelines deploy --profile acme-tools",
    .run = RunPipelinesDeploy};

}  // namespace trunkline::cli
