// A push in the story, and what it set in motion.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/pipelines.h"
#include "app/webhook_create.h"

namespace trunkline::app {

// The pipelines that the router says it started for a push of the branch to the commit, in delivery
// order. Waits, bounded, for its answer to the repository's delivery.
Result<std::vector<std::string>> StartedBy(AppWorld& world, const WebhookArgs& webhook,
                                           const HookReport& hook, const std::string& branch,
                                           const std::string& commit);

// Until the pipeline's latest execution has ended; an approval on the way is given when `approve`.
// Failing is no error: the status says so.
Result<ExecutionStatus> Finish(AppWorld& world, const ToolingArgs& args,
                               const std::string& pipeline, bool approve);

}  // namespace trunkline::app
