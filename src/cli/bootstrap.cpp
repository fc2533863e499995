#include "app/bootstrap.h"

#include "base/finding_text.h"
#include "base/text.h"
#include "cli/app_world.h"
#include "cli/bootstrap_report.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/pipelines_command.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--env",
     .value = "NAME",
     .help = "only this target account's environment (default: all that are enabled)",
     .repeated = true},
    {.name = "--env-profile",
     .value = "NAME=PROFILE",
     .help = "the profile of ~/.aws/config for an environment's account (default: --profile's)",
     .repeated = true},
    kFolderOption,
    kToolingProfileOption,
    kEndpointOption,
};

// "dev=acme-dev".
Result<std::map<std::string, std::string>> ReadProfiles(const std::vector<std::string>& given) {
  std::map<std::string, std::string> profiles;
  for (const std::string& one : given) {
    const std::size_t sign = one.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == one.size())
      return Error(ErrorKind::kInvalid,
                   "expected an environment and its profile, such as 'dev=acme-dev', but got '{}'",
                   one);
    profiles[one.substr(0, sign)] = one.substr(sign + 1);
  }
  return profiles;
}

Exit RunBootstrap(World& world, const Arguments& arguments) {
  const auto profiles = ReadProfiles(arguments.All("--env-profile"));
  if (!profiles) return Fail(world, arguments, profiles.error(), Exit::kUsage);
  app::AppWorld app_world = MakeAppWorld(world);
  const Result<app::BootstrapReport> report =
      app::Bootstrap(app_world,
                     {.folder = arguments.Get("--folder", "."),
                      .endpoint_url = arguments.Get("--endpoint-url"),
                      .profile = arguments.Get("--profile"),
                      .environments = arguments.All("--env"),
                      .profiles = *profiles},
                     [&](const std::string& line) { world.err.Write("  " + line + "\n"); });
  if (!report) return Fail(world, arguments, report.error());
  return PrintBootstrap(world, arguments, *report,
                        "The accounts are ready. Next: trunkline pipelines deploy\n");
}

}  // namespace

const Command kBootstrapCommand{
    .name = "bootstrap",
    .summary = "prepares the tooling account and the target accounts for pipelines",
    .positionals = "",
    .options = kOptions,
    .details =
        "The tooling account gets a bucket and a key for artifacts in every Region that is "
        "delivered to, and this program; each target account gets the roles that the pipelines "
        "take. Run it again after an upgrade, or when an environment is added.",
    .example = "trunkline bootstrap --profile acme-tools --env-profile dev=acme-dev",
    .run = RunBootstrap};

}  // namespace trunkline::cli
