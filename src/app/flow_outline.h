// Flows as text (flow/outline.h).
#pragma once

#include <string>
#include <vector>

#include "base/files.h"
#include "base/finding.h"
#include "base/result.h"

namespace trunkline::app {

struct OutlineReport {
  std::string text;  // one flow behind the other
  Findings findings;
};

// A legacy export is shown as what it converts to.
Result<OutlineReport> OutlineFlows(const Files& files, const std::vector<std::string>& paths);

// For git, which asks for the text of whatever a file was in a revision: a file that is no flow is
// given as it is, and is no error.
Result<OutlineReport> OutlineAnything(const Files& files, const std::vector<std::string>& paths);

}  // namespace trunkline::app
