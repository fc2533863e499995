// Which parameters of an action differ.
#pragma once

#include <string>
#include <vector>

#include "flow/document.h"

namespace trunkline::flow {

struct ParameterChange {
  std::string path;                     // "Text", "LexV2Bot.AliasArn", "Messages[0].Text"
  const json::Value* before = nullptr;  // nullptr: it is new
  const json::Value* after = nullptr;   // nullptr: it is gone
};

// The smallest values that differ, in the order of the later action, those that are gone last.
std::vector<ParameterChange> DiffParameters(const Action& before, const Action& after);

// "time limit 8 -> 5 s", "text: now 'Welcome'", "queue: no longer Sales"; the path says the unit.
std::string ChangeWords(const std::string& words, std::string_view path, const std::string& before,
                        const std::string& after);

}  // namespace trunkline::flow
