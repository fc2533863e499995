// What `plan` and `apply` share: their options, and running app/deliver.h with them.
#pragma once

#include "cli/environment_options.h"

namespace trunkline::cli {

inline constexpr Option kOnlyOption{
    .name = "--only",
    .value = "PROJECT",
    .help = "only one project of the monorepo, such as contact-flows"};
inline constexpr Option kPruneOption{
    .name = "--prune",
    .value = "",
    .help = "also take out of service what was delivered and left the monorepo"};

inline constexpr Option kApplyOptions[] = {
    kEnvOption,
    kRegionsOption,
    kOnlyOption,
    kFolderOption,
    kProfileOption,
    kRoleOption,
    kExternalIdOption,
    kEndpointOption,
    kPruneOption,
    {.name = "--rollback",
     .value = "",
     .help = "all or nothing: put back what was changed when something fails"},
};
inline constexpr Option kPlanOptions[] = {
    kEnvOption,
    kRegionsOption,
    kOnlyOption,
    kFolderOption,
    kProfileOption,
    kRoleOption,
    kExternalIdOption,
    kEndpointOption,
    kPruneOption,
    {.name = "--summary",
     .value = "FILE",
     .help = "also write it in one line, for who has to approve; what is not there yet because "
             "another project brings it is no failure then"},
};

Exit DeliverCommand(World& world, const Arguments& arguments, bool plan_only);

}  // namespace trunkline::cli
