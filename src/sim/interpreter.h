// The interpreter: runs the actions of a contact's active flow until the world is needed
// (flow-language 1.4).
//
// After an action: an error goes to the first Errors branch of its type, else to NoMatchingError,
// else what 3.0.3 says for the type. A result goes to the first condition that holds, else to
// NoMatchingCondition, else to NextAction. No next action: a module returns to its caller, a flow
// ends.
#pragma once

#include "sim/event.h"
#include "sim/state.h"

namespace trunkline::sim {

// Runs actions until the active run waits, or the contact has ended.
void Advance(ContactState& contact);

// Gives the active run the event it waits for. The caller has checked that it does.
void Resume(ContactState& contact, const Event& event);

}  // namespace trunkline::sim
