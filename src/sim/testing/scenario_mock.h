// What a scenario lets a function, bot, hours or queue do.
#pragma once

#include <optional>

#include "sim/testing/scenario_case.h"
#include "sim/testing/scenario_line.h"

namespace trunkline::sim {

// `function NAME ...`, `bot NAME ...`, `hours NAME ...` behind its first word. Nothing, and a
// finding, when the line is wrong.
std::optional<Mock> ReadFunctionMock(ScenarioLine& line);
std::optional<Mock> ReadBotMock(ScenarioLine& line);
std::optional<Mock> ReadHoursMock(ScenarioLine& line);
// `queue NAME full` or `queue NAME fails` behind the name.
std::optional<Mock> ReadQueueMock(ScenarioLine& line, std::string_view queue);

// `action NAME ...` behind its first word: an entry of a rehearsal's 'Outcomes'. NAME is an action
// type, else an identifier; what a type cannot do is a finding.
std::optional<json::Object> ReadActionOutcome(ScenarioLine& line);

// `agent ...` behind its first word, but for `answers`: an entry of a rehearsal's 'AgentDoes'.
std::optional<json::Object> ReadAgentStep(ScenarioLine& line);

}  // namespace trunkline::sim
