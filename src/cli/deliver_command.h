// What `plan` and `apply` share: their options, and running app/deliver.h with them.
#pragma once

#include "cli/command.h"

namespace trunkline::cli {

inline constexpr Option kDeliverOptions[] = {
    {.name = "--env",
     .value = "NAME",
     .help = "the environment, as accountvars.json names it",
     .required = true},
    {.name = "--region",
     .value = "REGION",
     .help = "only this Region (default: all of the environment, primary first)"},
    {.name = "--only",
     .value = "PROJECT",
     .help = "only one project of the monorepo, such as contact-flows"},
    {.name = "--folder", .value = "DIR", .help = "the monorepo (default: the working folder)"},
    {.name = "--profile", .value = "NAME", .help = "the profile of ~/.aws/config to use"},
    {.name = "--role-arn",
     .value = "ARN",
     .help = "take this role first, as a tooling account's builds do"},
    {.name = "--external-id", .value = "ID", .help = "what the role asks for"},
    {.name = "--endpoint-url",
     .value = "URL",
     .help = "an AWS that is not at AWS, such as 'trunkline up' (also AWS_ENDPOINT_URL)"},
    {.name = "--prune",
     .value = "",
     .help = "set aside or archive delivered flows and modules that are in the monorepo no more"},
    {.name = "--rollback",
     .value = "",
     .help = "all or nothing: put back what was changed when something fails"},
};
// Without --rollback, the last one: a plan changes nothing.
inline constexpr std::span<const Option> kPlanOptions =
    std::span(kDeliverOptions).first(std::size(kDeliverOptions) - 1);

Exit DeliverCommand(World& world, const Arguments& arguments, bool plan_only);

}  // namespace trunkline::cli
