// What flows an environment's primary Region has, for telling which of them changed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/demo_call.h"

namespace trunkline::app {

// Names of delivered flows and modules, each with the hash of what was delivered.
using FlowHashes = std::map<std::string, std::string>;
Result<FlowHashes> ReadFlowHashes(AppWorld& world, const DemoCenter& center);

// The names whose hash differs, or that only one of the two has.
std::vector<std::string> ChangedFlows(const FlowHashes& before, const FlowHashes& after);

}  // namespace trunkline::app
