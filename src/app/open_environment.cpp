#include "app/open_environment.h"

#include "base/finding_text.h"
#include "center/check.h"
#include "center/load.h"

namespace trunkline::app {
namespace {

Error InMonorepo(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::kError) text += "\n" + ToText(finding);
  }
  if (text.ends_with('\n')) text.pop_back();
  return Error(ErrorKind::kInvalid, "the monorepo has errors:{}", text);
}

}  // namespace

aws::ClientOptions ClientOptionsFor(const center::Center& center, std::string region,
                                    std::string endpoint_url, std::string profile) {
  aws::ClientOptions options;
  options.region = std::move(region);
  options.profile = std::move(profile);
  options.endpoint_url = std::move(endpoint_url);
  for (const center::Quota& quota : center.settings.quotas) {
    options.quotas[quota.operation] = {.rate = quota.rate, .burst = quota.burst};
  }
  return options;
}

OpenedEnvironment::OpenedEnvironment(AppWorld& world, center::Center read,
                                     const EnvironmentArgs& args)
    : center(std::move(read)),
      environment(center.FindEnvironment(args.environment)),
      regions(center::SelectRegions(*environment, args.region).value()),
      connection(world, ClientOptionsFor(center, regions.front(), args.endpoint_url, args.profile),
                 args.role),
      program{.world = world, .embedded_cloud = connection.IsEmbedded()},
      deploy_world(DeployWorldFor(world, connection, program)),
      client(connection.WithAccount(environment->account.value)) {}

Result<std::unique_ptr<OpenedEnvironment>> OpenEnvironment(AppWorld& world,
                                                           const EnvironmentArgs& args) {
  TL_DO(CheckEndpointUrl(args.endpoint_url));
  center::Loaded read = center::LoadCenter(world.files, args.folder);
  if (!read.center) return InMonorepo(read.findings);
  TL_TRY(const center::Environment* environment,
         center::SelectEnvironment(*read.center, args.environment));
  TL_DO(center::SelectRegions(*environment, args.region));
  const Findings of_target = center::CheckTarget(*read.center, *environment);
  if (HasErrors(of_target)) return InMonorepo(of_target);
  auto opened = std::make_unique<OpenedEnvironment>(world, std::move(*read.center), args);
  TL_DO(opened->connection.Run(
      CheckAccount(opened->client, opened->environment->account.value,
                   fmt::format("environment '{}'", opened->environment->name.value))));
  return opened;
}

}  // namespace trunkline::app
