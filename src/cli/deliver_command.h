// What `plan` and `apply` share: their options, and running app/deliver.h with them.
#pragma once

#include "cli/environment_options.h"

namespace trunkline::cli {

inline constexpr Option kDeliverOptions[] = {
    kEnvOption,
    kRegionsOption,
    {.name = "--only",
     .value = "PROJECT",
     .help = "only one project of the monorepo, such as contact-flows"},
    kFolderOption,
    kProfileOption,
    kRoleOption,
    kExternalIdOption,
    kEndpointOption,
    {.name = "--prune",
     .value = "",
     .help = "also take out of service what was delivered and left the monorepo"},
    {.name = "--rollback",
     .value = "",
     .help = "all or nothing: put back what was changed when something fails"},
};
// Without --rollback, the last one: a plan changes nothing.
inline constexpr std::span<const Option> kPlanOptions =
    std::span(kDeliverOptions).first(std::size(kDeliverOptions) - 1);

Exit DeliverCommand(World& world, const Arguments& arguments, bool plan_only);

}  // namespace trunkline::cli
