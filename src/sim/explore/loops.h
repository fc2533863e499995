// Loops in the graph of states.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/explore/explore.h"

namespace trunkline::sim {

struct Step {
  std::size_t state, choice;
};
// Which choices count.
using Counts = bool (*)(const StateNode& state, std::size_t choice);

struct StateLoop {
  std::set<std::pair<std::string, std::string>> actions;  // flow's name, identifier
  std::size_t first = 0;                                  // the state that was come to first
  Step key{};                                             // the first choice in it that `key` takes
  Way way;                                                // to that state, and once round
};

// The loops of choices that count, in states that `within` marks (empty: in all), with a choice
// that `key` takes in each; those that lead through the same actions once.
std::vector<StateLoop> FindLoops(const Explored& explored, const std::vector<bool>& within,
                                 Counts counts, Counts key);

// States from which no choice but the caller's hanging up ever leads to an end, an agent, or out of
// what was walked.
std::vector<bool> FindTrapped(const Explored& explored);

}  // namespace trunkline::sim
