// A baseline: the findings that a folder of flows had on the day the linter came in. Those are
// known and fail nothing; a new one does.
//
// The file is JSON that reads well in a review: {"version": 1, "findings": [{"fingerprint", "rule",
// "flow", "action", "message"}]}, sorted by flow. Only fingerprints are compared.
#pragma once

#include <string>

#include "app/flow_lint.h"

namespace trunkline::app {

// Marks what the baseline knows, and counts what it knows and is found no more.
Result<void> CompareWithBaseline(LintReport& report, const Files& files, const std::string& path);

// Writes a baseline with all that is neither suppressed nor of a file without a flow, and marks
// that as known.
Result<void> WriteBaseline(LintReport& report, Files& files, const std::string& path);

}  // namespace trunkline::app
