// What commands that work on one environment of a monorepo share: their options, and reading them.
#pragma once

#include "app/open_environment.h"
#include "cli/command.h"

namespace trunkline::cli {

inline constexpr Option kEnvOption{.name = "--env",
                                   .value = "NAME",
                                   .help = "the environment, as accountvars.json names it",
                                   .required = true};
inline constexpr Option kFolderOption{
    .name = "--folder", .value = "DIR", .help = "the monorepo (default: the working folder)"};
inline constexpr Option kProfileOption{
    .name = "--profile", .value = "NAME", .help = "the profile of ~/.aws/config to use"};
inline constexpr Option kEndpointOption{
    .name = "--endpoint-url",
    .value = "URL",
    .help = "an AWS that is not at AWS, such as 'trunkline up' (also AWS_ENDPOINT_URL)"};
inline constexpr Option kRoleOption{
    .name = "--role-arn",
    .value = "ARN",
    .help = "take this role first, as a tooling account's builds do"};
inline constexpr Option kExternalIdOption{
    .name = "--external-id", .value = "ID", .help = "what the role asks for"};
inline constexpr Option kOneRegionOption{
    .name = "--region", .value = "REGION", .help = "the Region (default: the primary one)"};
inline constexpr Option kRegionsOption{
    .name = "--region",
    .value = "REGION",
    .help = "only this Region (default: all of the environment, primary first)"};

inline app::EnvironmentArgs EnvironmentArgsOf(const Arguments& arguments) {
  return {
      .folder = arguments.Get("--folder", "."),
      .environment = arguments.Get("--env"),
      .region = arguments.Get("--region"),
      .endpoint_url = arguments.Get("--endpoint-url"),
      .profile = arguments.Get("--profile"),
      .role = {.arn = arguments.Get("--role-arn"), .external_id = arguments.Get("--external-id")}};
}

}  // namespace trunkline::cli
