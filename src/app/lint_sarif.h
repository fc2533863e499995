// A lint report as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), which code
// review tools show beside the lines. Files are named as they were given, relative ones to the
// folder %SRCROOT%; columns count characters, as the format's unicodeCodePoints.
#pragma once

#include <string_view>

#include "app/flow_lint.h"
#include "base/json.h"

namespace trunkline::app {

// The log with its one run. Suppressed findings are in it, marked; and known ones, when there was a
// baseline. `version` is the program's.
json::Object ToSarif(const LintReport& report, std::string_view version);

}  // namespace trunkline::app
