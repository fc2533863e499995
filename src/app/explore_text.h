// The report of an exploration, for people and for machines.
#pragma once

#include <string>

#include "app/explore.h"
#include "base/json.h"

namespace trunkline::app {

// The findings; `colour` adds terminal escapes.
std::string ToText(const ExploreReport& report, bool colour);
// A line for each flow.
std::string SummaryOf(const ExploreReport& report);
json::Object ToJson(const ExploreReport& report);

}  // namespace trunkline::app
