#include "app/phone.h"
#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/confirm.h"
#include "cli/environment_options.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {kEnvOption,     kYesOption,  kOneRegionOption,  kFolderOption,
                               kProfileOption, kRoleOption, kExternalIdOption, kEndpointOption};

Exit RunPhoneRelease(World& world, const Arguments& arguments) {
  const std::string& wanted = arguments.positionals.front();
  const Result<bool> sure =
      Confirm(world, arguments,
              fmt::format("{} is given back to AWS and may never be had again.", wanted), wanted);
  if (!sure) return Fail(world, arguments, sure.error(), Exit::kUsage);
  if (!*sure) {
    world.err.Write("nothing was released\n");
    return Exit::kFailed;
  }
  app::AppWorld app_world = MakeAppWorld(world);
  const auto number = app::ReleaseNumber(app_world, EnvironmentArgsOf(arguments), wanted);
  if (!number) return Fail(world, arguments, number.error());
  world.out.Write(arguments.Has("--json") ? json::WritePretty(app::ToJson(*number))
                                          : fmt::format("{} is released\n", number->number));
  return Exit::kDone;
}

}  // namespace

const Command kPhoneReleaseCommand{.name = "phone release",
                                   .summary = "gives a claimed phone number back",
                                   .positionals = "NUMBER",
                                   .options = kOptions,
                                   .details = "Asks for the number again, unless --yes is given.",
                                   .example = "trunkline phone release +14155550100 --env dev",
                                   .run = RunPhoneRelease};

}  // namespace trunkline::cli
