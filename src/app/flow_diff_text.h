// A comparison of flows as people and machines read it.
#pragma once

#include <string>

#include "app/flow_diff.h"
#include "base/json.h"

namespace trunkline::app {

// A line for each flow and, below it, each change: "~" changed, "+" new, "-" gone.
std::string ToText(const FlowDiffReport& report);

// The same for the description or a comment of a pull request. Texts of flows are escaped: they
// make no markup, no links, and mention nobody.
std::string ToMarkdown(const FlowDiffReport& report);

json::Object ToJson(const FlowDiffReport& report);

}  // namespace trunkline::app
