// A lint report for people, and as the JSON of `flow lint`.
#pragma once

#include <string>

#include "app/flow_lint.h"
#include "base/json.h"

namespace trunkline::app {

// Each finding as compilers print it, then the flow and the action that it is about. Suppressed and
// known ones only when asked for, with who accepted them.
std::string ToText(const LintReport& report, bool show_suppressed, bool colour);

// "12 flows: 0 errors, 3 warnings, 1 note, 2 suppressed"
std::string SummaryOf(const LintReport& report);

// files, suppressed, known, and findings: base/finding_json.h, and flow, action, block, pointer,
// fingerprint, suppression (rule, reason, until), known.
json::Object ToJson(const LintReport& report, bool show_suppressed);

}  // namespace trunkline::app
