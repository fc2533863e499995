// Comparing flow files, all flows of two folders, or of two revisions of a git repository.
#pragma once

#include <string>
#include <vector>

#include "app/flow_sets.h"
#include "base/finding.h"
#include "flow/diff.h"

namespace trunkline::app {

struct FlowFileDiff {
  std::string file;  // as it is now; as it was, when it is gone
  std::string was;   // its name before, when it has another now
  flow::ChangeKind kind = flow::ChangeKind::kChanged;
  std::vector<flow::FlowChange> changes;  // of a file that is in both; none: only the name differs
};

struct FlowDiffReport {
  std::vector<FlowFileDiff> flows;  // that differ, by file
  std::size_t compared = 0;
  Findings findings;  // of what cannot be read
};

// A flow that is gone and a new one are the same under another name when more than half of their
// actions are. Of more than 200 gone or new flows none is looked for.
FlowDiffReport DiffFlowSets(const FlowSets& sets);

}  // namespace trunkline::app
