// What a debugger of calls shows, for people.
#pragma once

#include <string>

#include "base/json.h"
#include "sim/debugger.h"

namespace trunkline::app {

// "ACME_Main > menu (Get customer input)".
std::string SpotText(const sim::Spot& spot);
// One line: before which action the call stands, or what it waits for, or why it ended.
std::string StandingText(const sim::Debugger& debugger);
// The flow and the modules it is in, the innermost last.
std::string StackText(const sim::Debugger& debugger);
// The action it stands before or in: its parameters with their values, and where its branches lead.
std::string ActionText(const sim::Debugger& debugger);
// Everything that references can read now and that has a value, a namespace after the other.
std::string ValuesText(const sim::Contact& contact);
// A text as it is, everything else as JSON.
std::string ValueText(const json::Value& value);
// "  $.Attributes.tier = gold", of an object a line for each member that has a value.
std::string ValueText(const std::string& reference, const json::Value& value);
std::string BreakpointsText(const sim::Debugger& debugger);

}  // namespace trunkline::app
