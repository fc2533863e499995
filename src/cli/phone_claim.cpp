#include "app/phone.h"
#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/environment_options.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/phone_wish.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    kEnvOption,
    {.name = "--flow", .value = "NAME", .help = "the flow that calls to it run"},
    kCountryOption,
    kTypeOption,
    kPrefixOption,
    {.name = "--description", .value = "TEXT", .help = "a description of the number"},
    kOneRegionOption,
    kFolderOption,
    kProfileOption,
    kRoleOption,
    kExternalIdOption,
    kEndpointOption};

Exit RunPhoneClaim(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const std::vector<std::string>& words = arguments.positionals;
  const app::ClaimArgs claim{.number = words.empty() ? "" : words.front(),
                             .wish = NumberWishOf(arguments),
                             .description = arguments.Get("--description"),
                             .flow = arguments.Get("--flow")};
  const auto number = app::ClaimNumber(app_world, EnvironmentArgsOf(arguments), claim);
  if (!number) return Fail(world, arguments, number.error());
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(app::ToJson(*number)));
    return Exit::kDone;
  }
  world.out.Write(
      number->flow.empty()
          ? fmt::format("{} is claimed; it runs no flow yet (trunkline phone attach)\n",
                        number->number)
          : fmt::format("{} is claimed and runs flow '{}'\n", number->number, number->flow));
  return Exit::kDone;
}

}  // namespace

const Command kPhoneClaimCommand{
    .name = "phone claim",
    .summary = "claims a phone number for an environment's instance",
    .positionals = "[NUMBER]",
    .options = kOptions,
    .details =
        "Without NUMBER the first that is available. A number that the instance has "
        "already is not claimed again.\n"
        "AWS charges for a claimed number from the first day.",
    .example = "trunkline phone claim --env dev --country US --flow ACME_Main",
    .run = RunPhoneClaim};

}  // namespace trunkline::cli
