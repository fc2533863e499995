// Prints pipelines and their executions: for people, and as JSON.
#pragma once

#include <span>
#include <string>

#include "app/pipelines.h"
#include "base/json.h"

namespace trunkline::app {

// A line for each pipeline.
std::string ToText(std::span<const ExecutionStatus> pipelines, TimePoint now);
// One execution with its stages and actions, and what a person has to do.
std::string ToText(const ExecutionStatus& status);
// A line for every action that has another status than before.
std::string ChangesText(const ExecutionStatus& before, const ExecutionStatus& now);

json::Object ToJson(const ExecutionStatus& status);

}  // namespace trunkline::app
