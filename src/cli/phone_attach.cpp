#include "app/phone.h"
#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/environment_options.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    kEnvOption,
    {.name = "--flow", .value = "NAME", .help = "the flow that calls to it run", .required = true},
    kOneRegionOption,
    kFolderOption,
    kProfileOption,
    kRoleOption,
    kExternalIdOption,
    kEndpointOption};

Exit RunPhoneAttach(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const auto number = app::AttachNumber(app_world, EnvironmentArgsOf(arguments),
                                        arguments.positionals.front(), arguments.Get("--flow"));
  if (!number) return Fail(world, arguments, number.error());
  world.out.Write(arguments.Has("--json")
                      ? json::WritePretty(app::ToJson(*number))
                      : fmt::format("{} runs flow '{}'\n", number->number, number->flow));
  return Exit::kDone;
}

}  // namespace

const Command kPhoneAttachCommand{
    .name = "phone attach",
    .summary = "lets calls to a claimed phone number run a flow",
    .positionals = "NUMBER",
    .options = kOptions,
    .details = "",
    .example = "trunkline phone attach +14155550100 --env dev --flow ACME_Main",
    .run = RunPhoneAttach};

}  // namespace trunkline::cli
