// What flow/lint_center.h needs of a center.
#pragma once

#include <string_view>

#include "center/center.h"
#include "flow/lint_center.h"

namespace trunkline::center {

// The Regions are those of the environment; of an empty name, those of the environment with the
// most.
flow::CenterFacts LintFactsOf(const Center& center, std::string_view environment);

}  // namespace trunkline::center
