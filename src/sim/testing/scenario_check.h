// What `check` of a scenario compares, and how.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/testing/scenario_line.h"

namespace trunkline::sim {

struct ScenarioCheck {
  std::string reference;  // "$.Attributes.tier"
  std::string_view op;    // "Equals", as the Testing language has it
  std::string operand;
};
// The rest of the line behind `check`; nothing, and a finding, when it is wrong.
std::optional<ScenarioCheck> ReadScenarioCheck(ScenarioLine& line);

}  // namespace trunkline::sim
