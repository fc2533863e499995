// Two pushes at once may start the same pipeline in the wrong order: the record says which commit
// is the newest, but the starts are calls of their own. Who finds, when it writes down what it
// started, that a newer push has marked the pipeline meanwhile, looks at the order of the
// executions, and starts the newer commit again if the older one came last. So the last start is of
// the newest.
#pragma once

#include <string>
#include <vector>

#include "functions/router_start.h"

namespace trunkline::functions::router {

struct Overtaken {
  std::string pipeline;
  Mark ours;    // what we started
  Mark theirs;  // what was marked meanwhile
};

// Which of the pipelines that `ours` was to start have other marks in `theirs`, of other commits.
std::vector<Overtaken> FindOvertaken(const std::vector<std::string>& pipelines,
                                     const BranchRecord& ours, const BranchRecord& theirs);

// Whether the older commit came last; of a list of commits, the newest execution's first. A commit
// that is not there yet will come later.
bool CameLast(const std::vector<std::string>& commits, const Overtaken& overtaken);

net::aw<void> StartOvertaken(const Session& session, std::vector<Overtaken> overtaken,
                             Routed& routed);

}  // namespace trunkline::functions::router
