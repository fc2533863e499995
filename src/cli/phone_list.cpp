#include "app/phone.h"
#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/environment_options.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {kEnvOption,  kOneRegionOption,  kFolderOption,  kProfileOption,
                               kRoleOption, kExternalIdOption, kEndpointOption};

Exit RunPhoneList(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const auto numbers = app::ListNumbers(app_world, EnvironmentArgsOf(arguments));
  if (!numbers) return Fail(world, arguments, numbers.error());
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(json::Object{{"numbers", app::ToJson(*numbers)}}));
  } else if (numbers->empty()) {
    world.out.Write("no phone numbers; claim one with 'trunkline phone claim'\n");
  } else {
    world.out.Write(app::ToText(*numbers));
  }
  return Exit::kDone;
}

}  // namespace

const Command kPhoneListCommand{
    .name = "phone list",
    .summary = "lists the phone numbers of an environment's instance, with the flows they run",
    .positionals = "",
    .options = kOptions,
    .details = "",
    .example = "trunkline phone list --env dev",
    .run = RunPhoneList};

}  // namespace trunkline::cli
