#include "app/phone.h"
#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/environment_options.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/phone_wish.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {kEnvOption,        kCountryOption, kTypeOption,    kPrefixOption,
                               kOneRegionOption,  kFolderOption,  kProfileOption, kRoleOption,
                               kExternalIdOption, kEndpointOption};

Exit RunPhoneSearch(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const auto numbers =
      app::SearchNumbers(app_world, EnvironmentArgsOf(arguments), NumberWishOf(arguments));
  if (!numbers) return Fail(world, arguments, numbers.error());
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(json::Object{{"numbers", app::ToJson(*numbers)}}));
  } else {
    world.out.Write(app::ToText(*numbers));
  }
  if (!numbers->empty()) return Exit::kDone;
  world.err.Write("no such number is available; try another --type, --country or --prefix\n");
  return Exit::kFailed;
}

}  // namespace

const Command kPhoneSearchCommand{
    .name = "phone search",
    .summary = "shows up to ten phone numbers that can be claimed",
    .positionals = "",
    .options = kOptions,
    .details = "",
    .example = "trunkline phone search --env dev --country US --prefix +1415",
    .run = RunPhoneSearch};

}  // namespace trunkline::cli
