// Waiting for what a commit delivers before: flows need the instance, the bots and the functions,
// and one push may bring all of them.
#pragma once

#include <span>
#include <string>

#include "app/pipelines.h"

namespace trunkline::app {

// What the executions of an earlier project's pipeline (the latest first) mean for a commit.
enum class Prerequisite {
  kReady,   // nothing of it is on its way
  kWait,    // it is being delivered, or an earlier commit is
  kFailed,  // its delivery failed: what stands on it would be wrong
};
Prerequisite Judge(std::span<const ExecutionStatus> executions, std::string_view commit);

struct WaitArgs {
  std::string environment;  // "dev"
  std::string project;      // "contact-flows": waits for those delivered before it
  std::string commit;
  Milliseconds limit{30 * 60 * 1000};
};

// `tell` gets a line whenever something else is waited for. Errors: a prerequisite failed, or the
// time is over; both name the pipeline and say what to do.
Result<void> WaitForPrerequisites(AppWorld& world, const ToolingArgs& args, const WaitArgs& wait,
                                  const std::function<void(const std::string&)>& tell);

}  // namespace trunkline::app
