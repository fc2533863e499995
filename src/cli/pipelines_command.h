// What the commands about pipelines share: where the tooling account is.
#pragma once

#include "app/tooling.h"
#include "cli/command.h"

namespace trunkline::cli {

inline constexpr Option kToolingFolderOption{
    .name = "--folder", .value = "DIR", .help = "the monorepo (default: the working folder)"};
inline constexpr Option kToolingProfileOption{
    .name = "--profile",
    .value = "NAME",
    .help = "the profile of ~/.aws/config for the tooling account"};
inline constexpr Option kToolingEndpointOption{
    .name = "--endpoint-url",
    .value = "URL",
    .help = "an AWS that is not at AWS, such as 'trunkline up' (also AWS_ENDPOINT_URL)"};

inline app::ToolingArgs ToolingArgsOf(const Arguments& arguments) {
  return {.folder = arguments.Get("--folder", "."),
          .endpoint_url = arguments.Get("--endpoint-url"),
          .profile = arguments.Get("--profile")};
}

}  // namespace trunkline::cli
