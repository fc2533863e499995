// Coverage, printed.
#pragma once

#include <string>
#include <vector>

#include "app/coverage.h"
#include "base/clock.h"
#include "base/environment.h"
#include "base/json.h"
#include "base/result.h"

namespace trunkline::app {

// A table with a line a flow, and what was missed with its place.
std::string ToText(const std::vector<CoveredFlow>& flows);
// {percent, actions: {covered, all}, branches, errors, arms, flows: [{name, file, ..., missed:
// [{line, action, block, branch}]}]}; of an action that did not run there is no branch.
json::Object ToJson(const std::vector<CoveredFlow>& flows);
// Cobertura's XML, as code review tools read it: an action is the line it begins on. `at` is the
// report's time stamp.
std::string ToCobertura(const std::vector<CoveredFlow>& flows, TimePoint at);
// A page with a picture of each flow: green is what was run and taken, red what was missed. Needs
// Graphviz (app/graphviz.h).
Result<std::string> ToHtml(const std::vector<CoveredFlow>& flows, const Environment& environment);

}  // namespace trunkline::app
