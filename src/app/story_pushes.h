// A push in the story, and what it set in motion.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/pipelines.h"
#include "app/tooling.h"

namespace trunkline::app {

// Pipelines of a branch that run at a commit, in delivery order. Waits, bounded, until the router
// has started them.
net::aw<Result<std::vector<std::string>>> StartedBy(Tooling& tooling, std::string branch,
                                                    std::string commit);

// Until the pipeline's latest execution has ended; an approval on the way is given when `approve`.
// Failing is no error: the status says so.
Result<ExecutionStatus> Finish(AppWorld& world, const ToolingArgs& args,
                               const std::string& pipeline, bool approve);

}  // namespace trunkline::app
