// How a center wants its flows linted: "lint" of trunkline.json.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "flow/lint.h"
#include "flow/lint_suppression.h"

namespace trunkline::center {

struct LintEnvironment {
  flow::LintLevels levels;
  Place place;
};

struct LintSettings {
  flow::LintLevels levels;  // by code, like those of the environments
  std::map<std::string, LintEnvironment> environments;
  std::vector<flow::LintSuppression> suppressions;
};

// The levels for an environment: its own before those of all. An empty name is none.
flow::LintLevels LintLevelsOf(const LintSettings& settings, std::string_view environment);

}  // namespace trunkline::center
