// Starting pipelines, and what came of it.
#pragma once

#include <string>
#include <vector>

#include "functions/router_branch.h"
#include "functions/router_decision.h"
#include "functions/router_session.h"

namespace trunkline::functions::router {

// The source action of every pipeline that trunkline makes. There may be others, of no commits.
inline constexpr std::string_view kSourceAction = "Source";

struct Started {
  std::string pipeline;
  std::string execution;
};

// What was done about a branch: the answer to a push, and one of a reconciliation's.
struct Routed {
  std::string branch;
  std::string environment;         // empty: the tooling branch alone
  std::string commit;              // what was started was started for this
  std::vector<std::string> notes;  // how it was found out
  std::vector<Started> started;    // in delivery order
  std::vector<Left> skipped;
  std::vector<Left> ignored;
  std::vector<Left> failed;  // to be started by who asks again

  bool ok() const { return failed.empty(); }
};

// The execution's id; asked twice with the same mark, the same.
net::aw<Result<std::string>> Start(const Session& session, std::string pipeline, Mark mark);

// One after the other, by the marks in `record`, which are told how it went: an execution, or,
// where there is no such pipeline, no mark at all.
net::aw<void> StartAll(const Session& session, std::vector<std::string> pipelines,
                       BranchRecord& record, Routed& routed);

}  // namespace trunkline::functions::router
