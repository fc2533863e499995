// Comparing flow files, or all flows of two folders.
#pragma once

#include <string>
#include <vector>

#include "base/files.h"
#include "base/finding.h"
#include "base/result.h"
#include "flow/diff.h"

namespace trunkline::app {

struct FlowFileDiff {
  std::string file;  // as it is now; as it was, when it is gone
  flow::ChangeKind kind = flow::ChangeKind::kChanged;
  std::vector<flow::FlowChange> changes;  // of a changed file
};

struct FlowDiffReport {
  std::vector<FlowFileDiff> flows;  // that differ, by file
  std::size_t compared = 0;
  Findings findings;  // of what cannot be read
};

// Two files, or two folders, whose flows are compared by their paths below them. A file and a
// folder is an error.
Result<FlowDiffReport> DiffFlowFiles(const Files& files, const std::string& before,
                                     const std::string& after);

}  // namespace trunkline::app
