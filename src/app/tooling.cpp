#include "app/tooling.h"

#include "base/finding_text.h"
#include "center/load.h"

namespace trunkline::app {

Tooling::Tooling(AppWorld& world, center::Center system, aws::ClientOptions options)
    : center(std::move(system)),
      connection(world, std::move(options)),
      client(connection.WithAccount(center.tooling->account.value)) {}

Result<std::unique_ptr<Tooling>> OpenTooling(AppWorld& world, const ToolingArgs& args) {
  TL_DO(CheckEndpointUrl(args.endpoint_url));
  center::Loaded loaded = center::LoadSystem(world.files, args.folder);
  if (!loaded.center)
    return Error(ErrorKind::kInvalid, "the monorepo cannot be read:\n{}", ToText(loaded.findings));
  if (!loaded.center->tooling) {
    return Error(ErrorKind::kNotFound,
                 "'{}' does not say which account has the pipelines: "
                 "amzconnect-devops-pipelines/env/devops.json is missing; choose the monorepo with "
                 "--folder",
                 args.folder);
  }
  aws::ClientOptions options;
  options.region = loaded.center->tooling->region.value;
  options.profile = args.profile;
  options.endpoint_url = args.endpoint_url;
  auto tooling = std::make_unique<Tooling>(world, std::move(*loaded.center), std::move(options));
  TL_DO(tooling->connection.Run(CheckAccount(
      tooling->client, tooling->center.tooling->account.value, "the tooling account")));
  return tooling;
}

}  // namespace trunkline::app
