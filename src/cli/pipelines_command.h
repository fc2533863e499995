// What the commands about pipelines share: where the tooling account is.
#pragma once

#include "app/tooling.h"
#include "cli/command.h"
#include "cli/environment_options.h"

namespace trunkline::cli {

inline constexpr Option kToolingProfileOption{
    .name = "--profile",
    .value = "NAME",
    .help = "the profile of ~/.aws/config for the tooling account"};
inline app::ToolingArgs ToolingArgsOf(const Arguments& arguments) {
  return {.folder = arguments.Get("--folder", "."),
          .endpoint_url = arguments.Get("--endpoint-url"),
          .profile = arguments.Get("--profile")};
}

}  // namespace trunkline::cli
