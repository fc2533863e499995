// A bot's parts from the inputs of the Lex V2 API (CreateIntent, CreateSlot, CreateSlotType): what
// the embedded cloud stores, and what the bots of a monorepo are read into.
//
// What is missing stays at its default, and what has another type than the API's is left out:
// checking inputs is the business of whoever takes them.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "sim/bot.h"

namespace trunkline::sim {

// `slots` in the order of their priorities: see ByPriority.
Intent ReadIntentInput(std::string name, const json::Object& input, std::vector<Slot> slots);
// `type` is the slot type's name. Nobody asks for the slot until ByPriority says so.
Slot ReadSlotInput(std::string name, std::string type, const json::Object& input);
SlotType ReadSlotTypeInput(std::string name, const json::Object& input);

// The slots named in `order` are asked for, in this order; the others come last and never are.
std::vector<Slot> ByPriority(std::vector<Slot> slots, const std::vector<std::string>& order);

}  // namespace trunkline::sim
