// What bootstrap and pipelines deploy print at their end.
#pragma once

#include <string>

#include "app/bootstrap.h"
#include "cli/command.h"

namespace trunkline::cli {

// `next` is printed when it went well.
Exit PrintBootstrap(World& world, const Arguments& arguments, const app::BootstrapReport& report,
                    const std::string& next);

}  // namespace trunkline::cli
