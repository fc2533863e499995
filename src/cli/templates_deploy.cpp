#include "app/user_templates.h"
#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/environment_options.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    kEnvOption,
    kRegionsOption,
    {.name = "--only", .value = "PROJECT", .help = "only those of supporting-infra, or of lambdas"},
    kFolderOption,
    kProfileOption,
    kRoleOption,
    kExternalIdOption,
    {.name = "--stack-role-arn",
     .value = "ARN",
     .help = "what CloudFormation makes the stacks with (default: the caller's own rights)"},
    kEndpointOption,
};

json::Object ToJson(const std::vector<app::DeployedTemplate>& deployed) {
  json::Array stacks;
  for (const app::DeployedTemplate& one : deployed) {
    stacks.emplace_back(json::Object{{"file", one.file},
                                     {"stack", one.stack},
                                     {"region", one.region},
                                     {"changed", one.changed}});
  }
  return {{"stacks", std::move(stacks)}};
}

Exit RunTemplatesDeploy(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const auto deployed =
      app::DeployTemplates(app_world,
                           {.where = EnvironmentArgsOf(arguments),
                            .project = arguments.Get("--only"),
                            .stack_role_arn = arguments.Get("--stack-role-arn")},
                           [&](const std::string& line) { world.err.Write(line + "\n"); });
  if (!deployed) return Fail(world, arguments, deployed.error());
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(ToJson(*deployed)));
  } else if (deployed->empty()) {
    world.out.Write("there are no templates of your own (*.template.json, .yaml, .yml)\n");
  }
  return Exit::kDone;
}

}  // namespace

const Command kTemplatesDeployCommand{
    .name = "templates deploy",
    .summary = "deploys your own CloudFormation templates to an environment",
    .positionals = "",
    .options = kOptions,
    .details =
        "Those of amzconnect-supporting-infra and amzconnect-lambdas: *.template.json, .yaml and "
        ".yml, each as the stack amzconnect-<project>-<file>-<env>.\n"
        "A step of the pipelines, before 'trunkline apply', which does not deploy them. A stack "
        "whose template is gone stays.",
    .example = "trunkline templates deploy --env dev",
    .run = RunTemplatesDeploy};

}  // namespace trunkline::cli
