// What the router did, for people.
#pragma once

#include <string>

#include "base/json.h"

namespace trunkline::app {

// Of one push or branch: what was started, skipped, ignored, what failed and why; a line each.
std::string RoutedText(const json::Object& routed);
// Of a reconciliation: the branches in turn.
std::string ReconciledText(const json::Object& report);

}  // namespace trunkline::app
